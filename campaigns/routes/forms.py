from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from campaigns.routes.enums import CheckOutcome
from campaigns.routes.models import Route, RouteFact


class RouteCheckForm(forms.Form):
    """What somebody heard on the phone: for each fact, and in all."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=CheckOutcome.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For colleagues. No names of people, please."),
    )

    def __init__(self, *args: Any, route: Route, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = list(RouteFact.objects.filter(route=route).order_by("pk"))
        for fact in self.facts:
            self.fields[f"right_{fact.pk}"] = forms.BooleanField(
                label=_("Still right"), required=False
            )
            self.fields[f"value_{fact.pk}"] = forms.CharField(
                label=_("New value"), required=False, max_length=200
            )

    def rows(self) -> Iterator[tuple[RouteFact, BoundField, BoundField]]:
        for fact in self.facts:
            yield fact, self[f"right_{fact.pk}"], self[f"value_{fact.pk}"]

    def confirmed(self) -> list[int]:
        return [fact.pk for fact in self.facts if self.cleaned_data[f"right_{fact.pk}"]]

    def new_values(self) -> dict[int, str]:
        values = {fact.pk: self.cleaned_data[f"value_{fact.pk}"] for fact in self.facts}
        return {pk: value for pk, value in values.items() if value}
