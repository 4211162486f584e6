"""What managers and officers say of a place: its profile and its contacts."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partners.register.enums import WITH_ROOMS, Shift
from partners.register.models import Contact, Premises

PHONE = re.compile(r"\+?[0-9 ()./-]{6,30}")
WORKED_SHIFTS = [
    (shift.value, shift.label) for shift in (Shift.DAY, Shift.EVENING, Shift.NIGHT)
]


def valid_phone(text: str) -> str:
    """Return a telephone number as it was typed.

    :raises ValidationError: when nobody could ring it.
    """
    if text and not (PHONE.fullmatch(text) and sum(c.isdigit() for c in text) >= 6):
        raise ValidationError(
            _("Enter a telephone number, like 01632 960 001."), code="invalid"
        )
    return text


class ContactForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150)
    role = forms.CharField(
        label=_("What they do there"),
        help_text=_("For example: night manager, head of housekeeping, owner."),
        max_length=100,
        required=False,
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = forms.CharField(
        label=_("Telephone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )

    @staticmethod
    def first_answers(contact: Contact) -> dict[str, str]:
        return {
            "name": contact.name,
            "role": contact.role,
            "email": contact.email,
            "phone": contact.phone,
        }

    def clean_phone(self) -> str:
        return valid_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("email") or cleaned.get("phone") or self.errors):
            raise ValidationError(
                _("Give an e-mail address or a telephone number."), code="required"
            )
        return cleaned


def _yes_no(answer: str) -> bool | None:
    return {"yes": True, "no": False}.get(answer)


class ProfileForm(forms.Form):
    """How a place works; each question says what the answer is for."""

    accepts_walk_ins = forms.TypedChoiceField(
        label=_("Do you take guests who walk in without a booking?"),
        help_text=_(
            "Whoever wants no questions asked often walks in late. It decides what "
            "training puts first."
        ),
        choices=[
            ("yes", _("Yes")),
            ("no", _("No")),
            ("", _("Rather not say, or it does not apply")),
        ],
        coerce=_yes_no,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    has_night_desk = forms.BooleanField(
        label=_("Somebody is on duty all night"),
        help_text=_("The night is when help is furthest away: we look at it apart."),
        required=False,
    )
    room_count = forms.IntegerField(
        label=_("Number of rooms"),
        help_text=_("Tells us how many posters and slips to print."),
        min_value=1,
        max_value=5000,
        required=False,
    )
    shifts = forms.MultipleChoiceField(
        label=_("Shifts that are worked"),
        help_text=_("So that every shift has somebody who is trained."),
        choices=WORKED_SHIFTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    staff_languages = forms.MultipleChoiceField(
        label=_("Languages your staff read"),
        help_text=_("Training and posters come in these languages."),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other_languages = forms.CharField(
        label=_("Other languages"),
        help_text=_("Tells us which language is needed next."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, premises: Premises, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A shop has no rooms to count: what does not apply is not asked.
        self.unasked = {} if premises.kind in WITH_ROOMS else {"room_count": None}
        if premises.kind not in WITH_ROOMS:
            self.unasked["accepts_walk_ins"] = None
        for name in self.unasked:
            del self.fields[name]

    @staticmethod
    def first_answers(premises: Premises) -> dict[str, Any]:
        walk_ins = {True: "yes", False: "no", None: ""}[premises.accepts_walk_ins]
        return {
            "accepts_walk_ins": walk_ins,
            "has_night_desk": premises.has_night_desk,
            "room_count": premises.room_count,
            "shifts": premises.shifts,
            "staff_languages": premises.staff_languages,
            "other_languages": premises.other_languages,
        }

    def clean(self) -> dict[str, Any]:
        return {**(super().clean() or {}), **self.unasked}
