from django import forms
from django.utils.translation import gettext_lazy as _

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
