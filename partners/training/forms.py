from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from accounts.scoping import areas_of, is_area_lead
from partners.register.enums import StaffRole
from partners.training.models import Requirement

TYPED_FROM_PAPER = {"autocomplete": "off", "spellcheck": "false"}


class SignInForm(forms.Form):
    staff_code = forms.CharField(
        label=_("Workplace code"),
        help_text=_("Six letters and digits. It stands at the top of your slip."),
        max_length=20,
        widget=forms.TextInput({**TYPED_FROM_PAPER, "autocapitalize": "characters"}),
        error_messages={"required": _("Enter the workplace code from your slip.")},
    )
    personal_code = forms.CharField(
        label=_("Your own code"),
        help_text=_("Five letters and digits."),
        max_length=20,
        widget=forms.TextInput({**TYPED_FROM_PAPER, "autocapitalize": "characters"}),
        error_messages={"required": _("Enter your own code from your slip.")},
    )
    pin = forms.CharField(
        label=_("PIN"),
        help_text=_("Six digits."),
        max_length=20,
        widget=forms.TextInput({**TYPED_FROM_PAPER, "inputmode": "numeric"}),
        error_messages={"required": _("Enter the PIN from your slip.")},
    )


class RequirementForm(WagtailAdminModelForm):
    roles = forms.MultipleChoiceField(
        label=_("Who needs it"),
        choices=StaffRole,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )

    class Meta:
        model = Requirement
        fields = [
            "module",
            "roles",
            "area",
            "premises_kind",
            "within_days",
            "valid_months",
            "starts_on",
            "ends_on",
        ]
        widgets = {"starts_on": AdminDateInput, "ends_on": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas_of(self.for_user).order_by("name", "pk")
        # What holds in every area is for those who lead one to decide.
        self.fields["area"].required = not is_area_lead(self.for_user)
        if self.instance.pk:
            roles = self.instance.required_roles.values_list("role", flat=True)
            self.fields["roles"].initial = list(roles)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day lies before the first."))
        return cleaned
