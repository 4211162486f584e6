from django import forms
from django.utils.translation import gettext_lazy as _

from core.widgets import DayInput
from partners.register.enums import Shift, StaffRole


class CorrectionForm(forms.Form):
    """An entry as it should have been from the beginning."""

    role = forms.ChoiceField(label=_("Role"), choices=StaffRole)
    shift = forms.ChoiceField(label=_("Shift"), choices=Shift, widget=forms.RadioSelect)
    started_on = forms.DateField(label=_("First day"), widget=DayInput)
    ended_on = forms.DateField(
        label=_("Last day at work"),
        help_text=_("Empty while the person still works here."),
        required=False,
        widget=DayInput,
    )
