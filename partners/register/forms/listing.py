"""Filters of the officers' lists: what cannot be is left out, nobody is scolded."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of
from core.models import Area
from partners.register.enums import ManagerState, PremisesKind, PremisesState
from partners.register.models import ManagerLink, PremisesQuerySet, Region


class RegionChoice(forms.ModelChoiceField[Region]):
    def label_from_instance(self, region: Region) -> str:
        return f"{region.organisation}: {region}"


class PremisesFilter(forms.Form):
    q = forms.CharField(label=_("Name, town or postcode"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("All")), *PremisesKind.choices],
        required=False,
    )
    area = forms.ModelChoiceField(
        label=_("Area"),
        queryset=Area.objects.none(),
        empty_label=_("All"),
        required=False,
    )
    region = RegionChoice(
        label=_("Region of a chain"),
        queryset=Region.objects.none(),
        empty_label=_("All"),
        required=False,
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), *PremisesState.choices],
        required=False,
    )
    managers = forms.ChoiceField(
        label=_("Managers"),
        choices=[("", _("All")), *ManagerState.choices],
        required=False,
    )

    def __init__(self, *args: Any, officer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area, region = self.fields["area"], self.fields["region"]
        if isinstance(area, forms.ModelChoiceField):
            area.queryset = areas_of(officer).order_by("name", "pk")
        if isinstance(region, forms.ModelChoiceField):
            seen = Region.objects.visible_to(officer).select_related("organisation")
            region.queryset = seen.order_by("organisation__name", "name", "pk")

    def narrowed(self, premises: PremisesQuerySet) -> PremisesQuerySet:
        """Return those that fit every answer that can be used."""
        self.is_valid()
        answers = self.cleaned_data
        for field in ("kind", "area", "region", "state"):
            if value := answers.get(field):
                premises = premises.filter(**{field: value})
        if words := answers.get("q"):
            premises = premises.matching(words)
        return _by_managers(premises, answers.get("managers", ""))


def _by_managers(premises: PremisesQuerySet, managers: str) -> PremisesQuerySet:
    if not managers:
        return premises
    active = premises.active()
    if managers == ManagerState.NOBODY:
        return active.without_links(ManagerLink.objects.active())
    return active.with_open_alarm()
