"""What officers enter of premises: by hand, corrected, closed, sold."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of
from core.models import Area
from core.widgets import DayInput
from partners.register.enums import PremisesKind
from partners.register.forms.joining import valid_postcode
from partners.register.models import Organisation, Premises, Region
from partners.register.rules import Place, duplicate_reasons
from partners.register.services import PlaceFacts

FACTS = ("name", "kind", "street", "town", "postcode", "area")


class PlaceForm(forms.Form):
    """Name, kind and address, in one of the officer's areas."""

    name = forms.CharField(label=_("Name of the premises"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=PremisesKind)
    street = forms.CharField(label=_("Building and street"), max_length=200)
    town = forms.CharField(label=_("Town or city"), max_length=100)
    postcode = forms.CharField(label=_("Postcode"), max_length=10)
    area = forms.ModelChoiceField(
        label=_("Area"),
        queryset=Area.objects.none(),
        empty_label=_("Choose an area"),
    )

    def __init__(self, *args: Any, officer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        area = self.fields["area"]
        if isinstance(area, forms.ModelChoiceField):
            area.queryset = areas_of(officer).order_by("name", "pk")

    def clean_postcode(self) -> str:
        return valid_postcode(self.cleaned_data["postcode"])

    @property
    def facts(self) -> PlaceFacts:
        answers = self.cleaned_data
        return PlaceFacts(
            name=" ".join(answers["name"].split()),
            kind=answers["kind"],
            street=answers["street"],
            town=answers["town"],
            postcode=answers["postcode"],
            area=answers["area"],
        )


class AddPremisesForm(PlaceForm):
    """Likely duplicates are shown first; the officer then says it is none of them."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        help_text=_("Only when it belongs to an organisation that takes part already."),
        queryset=Organisation.objects.none(),
        empty_label=_("A new one"),
        required=False,
    )
    organisation_name = forms.CharField(
        label=_("Name of a new organisation"),
        help_text=_("When it has another name than the premises."),
        max_length=200,
        required=False,
    )
    manager_name = forms.CharField(
        label=_("Name of the manager"), max_length=150, required=False
    )
    manager_email = forms.EmailField(
        label=_("E-mail address of the manager"),
        help_text=_("They get a link to choose a password. You can also invite later."),
        required=False,
    )
    is_none_of_these = forms.BooleanField(
        label=_("It is none of these: add it"), required=False
    )

    def __init__(self, *args: Any, officer: User, **kwargs: Any) -> None:
        super().__init__(*args, officer=officer, **kwargs)
        self.duplicates: list[tuple[Premises, list[str]]] = []
        field = self.fields["organisation"]
        if isinstance(field, forms.ModelChoiceField):
            seen = Organisation.objects.visible_to(officer)
            field.queryset = seen.order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("manager_email") and not cleaned.get("manager_name"):
            self.add_error("manager_name", _("Give the name of the manager."))
        if not self.errors:
            self._look_for_duplicates(cleaned)
        return cleaned

    def _look_for_duplicates(self, cleaned: dict[str, Any]) -> None:
        place = Place(cleaned["name"], cleaned["street"], cleaned["postcode"])
        known = Premises.objects.in_areas_of(self.officer).similar_to(place)
        self.duplicates = [(one, duplicate_reasons(place, one.place)) for one in known]
        if self.duplicates and not cleaned.get("is_none_of_these"):
            raise ValidationError(
                _("It may be here already. Look at the list below first."),
                code="duplicate",
            )

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """Leave the last box out until there is something to compare with."""
        fields = list(self)
        return fields if self.duplicates else fields[:-1]


class DetailsForm(PlaceForm):
    region = forms.ModelChoiceField(
        label=_("Region of the chain"),
        queryset=Region.objects.none(),
        empty_label=_("None"),
        required=False,
    )
    new_region = forms.CharField(
        label=_("Or a new region"),
        help_text=_("As the chain itself calls it: “North”, “City houses”."),
        max_length=100,
        required=False,
    )

    def __init__(self, *args: Any, premises: Premises, **kwargs: Any) -> None:
        first = {name: getattr(premises, name) for name in (*FACTS, "region")}
        super().__init__(*args, initial=first, **kwargs)
        field = self.fields["region"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = premises.organisation.regions.order_by("name", "pk")


class CloseForm(forms.Form):
    last_day = forms.DateField(
        label=_("Last day"),
        initial=timezone.localdate,
        widget=DayInput,
    )
    people = forms.ChoiceField(
        label=_("The people who work there"),
        choices=[
            ("end", _("They leave: their time there ends on that day")),
            ("keep", _("They stay on the list, because it opens again")),
        ],
        initial="end",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Why, in a few words, for whoever comes after you. No names."),
        max_length=300,
        required=False,
    )


class ReopenForm(forms.Form):
    first_day = forms.DateField(
        label=_("First day"), initial=timezone.localdate, widget=DayInput
    )
    restores_managers = forms.BooleanField(
        label=_("The managers it had when it closed look after it again"),
        required=False,
    )


class OwnerForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Who runs it now"),
        queryset=Organisation.objects.none(),
        empty_label=_("A new organisation"),
        required=False,
    )
    organisation_name = forms.CharField(
        label=_("Name of the new organisation"), max_length=200, required=False
    )
    first_day = forms.DateField(
        label=_("First day with the new owner"),
        initial=timezone.localdate,
        widget=DayInput,
    )
    people = forms.ChoiceField(
        label=_("The people who work there"),
        help_text=_(
            "The organisation answers for its staff list. Names go to the next one "
            "only if the one before has agreed to it."
        ),
        choices=[
            ("end", _("The list is not handed on: the new owner begins with none")),
            (
                "hand-on",
                _("The owner before has agreed: people go on with the new one"),
            ),
        ],
        initial="end",
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, officer: User, premises: Premises, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        if isinstance(field, forms.ModelChoiceField):
            others = Organisation.objects.visible_to(officer)
            others = others.exclude(pk=premises.organisation_id)
            field.queryset = others.order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("organisation") and not cleaned.get("organisation_name"):
            self.add_error(
                "organisation_name", _("Choose the organisation, or name a new one.")
            )
        return cleaned
