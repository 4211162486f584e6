from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from campaigns.guidance.enums import Priority


class ConfirmForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For your colleagues. The public does not see it."),
    )


class PlanForm(forms.Form):
    due_on = forms.DateField(label=_("Approve by"), widget=AdminDateInput)
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices)
