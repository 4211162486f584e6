from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayForm(forms.Form):
    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
        required=False,
        error_messages={
            "invalid": _("This is not a day. Write it like 2026-11-18 or 18/11/2026.")
        },
    )

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
