from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel

from accounts.scoping import areas_of
from campaigns.routes.rules import folded
from core.careful_forms import CarefulWordsForm


class FactForm(WagtailAdminModelForm):
    is_checked = forms.BooleanField(
        label=_("I have checked this fact today"),
        required=False,
        help_text=_("Without this a new value is not shown to the public."),
    )


class FactsPanel(InlinePanel):
    """The facts of a route, each with a tick that it was checked just now."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = FactForm
        return options


class RouteForm(CarefulWordsForm):
    is_cosmetic = forms.BooleanField(
        label=_("The English words mean the same as before"),
        required=False,
        help_text=_(
            "Tick it when you only changed a comma or a spelling. Otherwise "
            "translations give way to the English until someone has made them again."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = areas_of(self.for_user).order_by("name", "pk")
        self.fields["area"].queryset = own
        stand_ins = self.fields["fallback"].queryset
        self.fields["fallback"].queryset = stand_ins.filter(
            is_protected=True, area__isnull=True
        )
        others = self.fields["alternative_to"]
        others.queryset = others.queryset.choices_for(
            self.for_user, self.instance.alternative_to_id
        )


class PlaceForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas_of(self.for_user).order_by("name", "pk")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        compared = folded(name)
        if not compared:
            raise ValidationError(_("Write the name of a place."))
        others = self._meta.model.objects.exclude(pk=self.instance.pk)
        if others.filter(folded=compared).exists():
            raise ValidationError(_("This place is in the list already."))
        self.instance.folded = compared
        return name
