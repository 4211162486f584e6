import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.enums import AreaKind
from core.models import Area, AreaQuerySet
from partners.register.enums import PremisesKind
from partners.register.rules import compact

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")


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
    contact_name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area_field = self.fields["area"]
        assert isinstance(area_field, forms.ModelChoiceField)  # noqa: S101 -- for the type
        area_field.queryset = areas_to_choose()

    def clean_postcode(self) -> str:
        postcode = compact(self.cleaned_data["postcode"])
        if not POSTCODE.fullmatch(postcode):
            raise ValidationError(
                _("Enter a full postcode, like AB12 3CD."), code="invalid"
            )
        return f"{postcode[:-3]} {postcode[-3:]}"
