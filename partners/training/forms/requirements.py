from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from accounts.scoping import areas_of, is_area_lead
from partners.register.enums import StaffRole
from partners.training.enums import LateStarters, Renewal
from partners.training.forms.days_of_year import DayOfYearField
from partners.training.models import Requirement

SEASON_FIELDS = ("season_opens", "season_closes")
# For whom rules hold stays as it is when they change: see `change_requirement`.
FIXED_FIELDS = ("module", "area", "premises_kind", "shift")


class PeopleInPost(TextChoices):
    SPARED = "spared", _("They keep the days they had, where these are more")
    INCLUDED = "included", _("The new days hold for them too, from the same day")


class RequirementForm(WagtailAdminModelForm):
    roles = forms.MultipleChoiceField(
        label=_("In these roles"),
        choices=StaffRole,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )
    season_opens = DayOfYearField(label=_("First day of the season"))
    season_closes = DayOfYearField(label=_("Last day of the season"))

    class Meta:
        model = Requirement
        fields = [
            "module",
            "roles",
            "shift",
            "premises_kind",
            "area",
            "within_days",
            "grace_days",
            "renewal",
            "valid_months",
            "window_days",
            "season_opens",
            "season_closes",
            "late_starters",
            "late_starter_days",
            "starts_on",
            "ends_on",
        ]
        widgets = {
            "starts_on": AdminDateInput,
            "ends_on": AdminDateInput,
            "renewal": forms.RadioSelect,
            "late_starters": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas_of(self.for_user).order_by("name", "pk")
        self.fields["area"].empty_label = _("Every area")
        # What holds in every area is for those who lead one to decide.
        self.fields["area"].required = not is_area_lead(self.for_user)
        for name, empty in (
            ("premises_kind", _("Every kind")),
            ("shift", _("Every shift")),
        ):
            choices = self.fields[name].choices[1:]
            self.fields[name].choices = [("", empty), *choices]
        if self.instance.pk:
            roles = self.instance.required_roles.values_list("role", flat=True)
            self.fields["roles"].initial = list(roles)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self._validate_days(cleaned.get("starts_on"), cleaned.get("ends_on"))
        if cleaned.get("renewal") == Renewal.SEASON:
            self._validate_season(cleaned)
        else:
            # What is left over from a season would only mislead whoever reads it later.
            cleaned |= dict.fromkeys(SEASON_FIELDS, "")
            cleaned |= {"late_starters": LateStarters.OWN_DAYS, "late_starter_days": 0}
        return cleaned

    def _validate_days(self, starts_on: date | None, ends_on: date | None) -> None:
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day lies before the first."))

    def _validate_season(self, cleaned: dict[str, Any]) -> None:
        for name in SEASON_FIELDS:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Say from which day to which the season is."))
        if cleaned.get("late_starters") == LateStarters.OWN_DAYS:
            cleaned["late_starter_days"] = 0
        elif not cleaned.get("late_starter_days"):
            self.add_error(
                "late_starter_days", _("Say how many days at the end count as late.")
            )


class RequirementChangeForm(RequirementForm):
    applies_on = forms.DateField(
        label=_("New rules hold from"),
        help_text=_(
            "Today or a later day. Until the day before, the old rules hold, and past "
            "days stay as they were counted. Certificates keep the day that is on them."
        ),
        widget=AdminDateInput,
        error_messages={"required": _("Say from which day the new rules hold.")},
    )
    people_in_post = forms.ChoiceField(
        label=_("Who is in post before that day"),
        choices=PeopleInPost,
        initial=PeopleInPost.SPARED,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIXED_FIELDS:
            self.fields[name].disabled = True
        self.fields["applies_on"].initial = max(
            timezone.localdate(), self.instance.starts_on
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._validate_days(cleaned.get("applies_on"), cleaned.get("ends_on"))
        return cleaned
