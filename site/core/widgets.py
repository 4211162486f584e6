from django import forms


class DayInput(forms.DateInput):
    """The browser's own calendar, where it has one; it always sends ISO dates."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
