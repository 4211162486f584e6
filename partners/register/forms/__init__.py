from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.widgets import DayInput
from partners.register.enums import (
    JoinState,
    PremisesKind,
    Shift,
    StaffRole,
)
from partners.register.models import Organisation, Premises, PremisesQuerySet
from partners.register.validators import mobile_number

WHY_ADDRESS = _(
    "Only to send this person a link to their training, reminders and the certificate. "
    "Leave it empty, and they start with a printed slip."
)


class JoinRequestFilter(forms.Form):
    q = forms.CharField(label=_("Name, town or postcode"), required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *JoinState.choices], required=False
    )


class ApproveForm(forms.Form):
    """What to make of a request: a new house, a house of a chain, or a known one."""

    NEW, CHAIN = "new", "organisation"

    decision = forms.ChoiceField(
        label=_("What is it?"), widget=forms.RadioSelect, initial=NEW
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=_("Only when it belongs to an organisation that takes part already."),
    )

    def __init__(
        self,
        *args: Any,
        duplicates: list[Premises],
        premises: PremisesQuerySet,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.duplicates = {one.key: one for one in duplicates}
        decision, organisation = self.fields["decision"], self.fields["organisation"]
        if isinstance(decision, forms.ChoiceField):
            decision.choices = [
                (self.NEW, _("New premises of a new organisation")),
                (self.CHAIN, _("New premises of the organisation chosen below")),
                *(
                    (key, _("Known already: %(premises)s") % {"premises": _line(one)})
                    for key, one in self.duplicates.items()
                ),
            ]
        if isinstance(organisation, forms.ModelChoiceField):
            known = Organisation.objects.filter(premises__in=premises)
            organisation.queryset = known.distinct().order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decision = cleaned.get("decision", "")
        if decision == self.CHAIN and not cleaned.get("organisation"):
            self.add_error("organisation", _("Choose the organisation."))
        if decision != self.CHAIN:
            cleaned["organisation"] = None
        cleaned["premises"] = self.duplicates.get(decision)
        return cleaned


def _line(premises: Premises) -> str:
    return f"{premises.name}, {premises.address}"


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The business reads these words in an e-mail."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class StarterForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150)
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("Choose a role")), *StaffRole.choices]
    )
    shift = forms.ChoiceField(
        label=_("Shift"),
        choices=Shift,
        initial=Shift.MIXED,
        widget=forms.RadioSelect,
    )
    started_on = forms.DateField(label=_("First day"), widget=DayInput)
    language = forms.ChoiceField(
        label=_("Language for training"), choices=settings.LANGUAGES
    )
    staff_number = forms.CharField(
        label=_("Staff number"),
        help_text=_("Tells two people of the same name apart."),
        max_length=30,
        required=False,
    )
    email = forms.EmailField(
        label=_("E-mail address"), help_text=WHY_ADDRESS, required=False
    )
    phone = forms.CharField(
        label=_("Mobile number"),
        help_text=WHY_ADDRESS,
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "tel"}),
    )

    def clean_phone(self) -> str:
        number: str = self.cleaned_data["phone"]
        return mobile_number(number) if number else ""

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name[0] in "=+-@":
            raise ValidationError(
                _("A name cannot begin with %(sign)s."), params={"sign": name[0]}
            )
        return name


class LeaverForm(forms.Form):
    last_day = forms.DateField(
        label=_("Last day at work"),
        help_text=_("The last day still counts as worked."),
        widget=DayInput,
    )


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=_("What was wrong?"),
        help_text=_("For example: wrong premises, or entered twice."),
        max_length=200,
    )


class MailingForm(forms.Form):
    """What an officer writes to partners; the key is drawn with the first page."""

    key = forms.RegexField(
        regex=r"\A[a-z0-9]{12}\Z",
        widget=forms.HiddenInput,
        error_messages={
            "invalid": _("This form is damaged. Open it again from the desk."),
            "required": _("This form is damaged. Open it again from the desk."),
        },
    )
    subject = forms.CharField(
        label=_("Subject"),
        max_length=150,
        error_messages={"required": _("Write a subject.")},
    )
    words = forms.CharField(
        label=_("Words"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Plain text, as it will be read. Never name a person in it."),
        error_messages={"required": _("Write what you want to say.")},
    )
    kinds = forms.MultipleChoiceField(
        label=_("To whom"),
        choices=PremisesKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked means every kind of premises."),
        error_messages={"invalid_choice": _("Choose from the kinds that are listed.")},
    )
