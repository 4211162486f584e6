"""A day of each year, chosen as day and month, kept as "09-01"."""

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from partners.training.validators import day_of_year

DAYS = [("", _("Day")), *((f"{day:02}", str(day)) for day in range(1, 32))]
MONTH_NAMES = [
    ("", _("Month")),
    *((f"{month:02}", name) for month, name in MONTHS.items()),
]


class DayOfYearWidget(forms.MultiWidget):
    def __init__(self) -> None:
        super().__init__(
            {
                "day": forms.Select({"aria-label": _("Day")}, choices=DAYS),
                "month": forms.Select({"aria-label": _("Month")}, choices=MONTH_NAMES),
            }
        )

    def decompress(self, value: str | None) -> list[str]:
        return value.split("-")[::-1] if value else ["", ""]


class DayOfYearField(forms.MultiValueField):
    widget = DayOfYearWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            fields=(
                forms.ChoiceField(choices=DAYS),
                forms.ChoiceField(choices=MONTH_NAMES),
            ),
            required=False,
            validators=[day_of_year],
            **kwargs,
        )

    def compress(self, data_list: list[str]) -> str:
        return "-".join(reversed(data_list)) if data_list else ""
