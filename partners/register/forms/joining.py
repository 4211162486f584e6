"""The form with which a business asks to take part."""

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.enums import AreaKind
from core.models import Area, AreaQuerySet
from partners.register.enums import PremisesKind
from partners.register.forms.places import valid_phone
from partners.register.rules import compact
from partners.register.services import JoinAnswers

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")


def valid_postcode(text: str) -> str:
    """Return a postcode as it is written in full.

    :raises ValidationError: when it cannot be one.
    """
    postcode = compact(text)
    if not POSTCODE.fullmatch(postcode):
        raise ValidationError(
            _("Enter a full postcode, like AB12 3CD."), code="invalid"
        )
    return f"{postcode[:-3]} {postcode[-3:]}"


def areas_to_choose() -> AreaQuerySet:
    """Return the districts, or the forces where no district has been made."""
    districts = Area.objects.filter(kind=AreaKind.DISTRICT)
    chosen = districts if districts.exists() else Area.objects.all()
    return chosen.order_by("name", "pk")


class JoinForm(forms.Form):
    premises_name = forms.CharField(label=_("Name of the premises"), max_length=200)
    kind = forms.ChoiceField(label=_("What kind of place is it?"), choices=PremisesKind)
    street = forms.CharField(
        label=_("Building and street"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    town = forms.CharField(
        label=_("Town or city"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    area = forms.ModelChoiceField(
        label=_("Area"),
        help_text=_("The police area or district the premises are in."),
        queryset=Area.objects.none(),
        empty_label=_("Choose an area"),
    )
    organisation_name = forms.CharField(
        label=_("Who runs it"),
        help_text=_("The company or group, when its name is another one."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    contact_name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_role = forms.CharField(
        label=_("What you do there"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address at work"),
        help_text=_("You will sign in with it. We send a link to confirm it is yours."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Telephone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )

    second_name = forms.CharField(label=_("Their name"), max_length=150, required=False)
    second_role = forms.CharField(
        label=_("What they do there"), max_length=100, required=False
    )
    second_email = forms.EmailField(label=_("Their e-mail address"), required=False)
    second_phone = forms.CharField(
        label=_("Their telephone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    challenge = forms.CharField(
        max_length=200, required=False, widget=forms.HiddenInput
    )
    answer = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    SECOND = ("second_name", "second_role", "second_email", "second_phone")
    PROOF = ("challenge", "answer")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area_field = self.fields["area"]
        assert isinstance(area_field, forms.ModelChoiceField)  # noqa: S101 -- for the type
        area_field.queryset = areas_to_choose()

    def clean_postcode(self) -> str:
        return valid_postcode(self.cleaned_data["postcode"])

    def clean_phone(self) -> str:
        return valid_phone(self.cleaned_data["phone"])

    def clean_second_phone(self) -> str:
        return valid_phone(self.cleaned_data["second_phone"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        can_go_on = cleaned.get("answer") or cleaned.get("phone")
        if not can_go_on and "phone" not in self.errors:
            self.add_error("phone", _("Give a number, so that we can ring you."))
        self._validate_second(cleaned)
        return cleaned

    def _validate_second(self, cleaned: dict[str, Any]) -> None:
        has_way = cleaned.get("second_email") or cleaned.get("second_phone")
        if cleaned.get("second_name") and not has_way:
            self.add_error(
                "second_email",
                _("Give an e-mail address or a telephone number for this person."),
            )
        if has_way and not cleaned.get("second_name"):
            self.add_error("second_name", _("Give the name of this person."))

    @property
    def first_fields(self) -> list[forms.BoundField]:
        apart = {*self.SECOND, *self.PROOF}
        return [field for field in self if field.name not in apart]

    @property
    def second_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.SECOND]

    @property
    def answers(self) -> JoinAnswers:
        """Return what was asked, without the proof of work."""
        given = {k: v for k, v in self.cleaned_data.items() if k not in self.PROOF}
        return cast("JoinAnswers", given)
