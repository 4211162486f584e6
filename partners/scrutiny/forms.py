from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.widgets import DayInput

# What an evaluation takes in when no days are chosen.
USUAL_SPAN = timedelta(days=729)


class WrittenDay(forms.DateField):
    """A day picked in the browser's calendar, or typed in one of the usual ways."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            widget=DayInput(),
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
            required=False,
            error_messages={
                "invalid": _(
                    "This is not a day. Write it like 2026-11-18 or 18/11/2026."
                )
            },
        )


class DayForm(forms.Form):
    day = WrittenDay(_("Day"))

    def __init__(self, *args: Any, today: date) -> None:
        super().__init__(*args)
        self.today = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"] or self.today
        if day > self.today:
            raise forms.ValidationError(_("Choose today or an earlier day."))
        if day.year < 2000:
            raise forms.ValidationError(_("Choose a day in this century."))
        return day


class SpanForm(forms.Form):
    """From a day to a day, both counted; without them the last two years."""

    first = WrittenDay(_("From"))
    last = WrittenDay(_("Until"))

    def __init__(self, *args: Any, today: date) -> None:
        super().__init__(*args)
        self.today = today

    def clean(self) -> dict[str, Any]:
        last = self.cleaned_data.get("last") or self.today
        first = self.cleaned_data.get("first") or last - USUAL_SPAN
        if first > last:
            self.add_error("last", _("The last day lies before the first."))
        return {"first": first, "last": last}
