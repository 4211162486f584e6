from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partners.register.forms.listing import PremisesFilter
from partners.training.coverage import PremisesCoverage


class Gap(TextChoices):
    NEVER_TRAINED = "never", _("Somebody was never trained")
    EXPIRED = "expired", _("Somebody's training has run out")
    NIGHT = "night", _("Nobody trained at night")


class CoverageFilter(PremisesFilter):
    """The list of premises, on a day, and what is amiss there."""

    day = forms.DateField(
        label=_("On the day"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
    )
    gap = forms.ChoiceField(
        label=_("What is amiss"),
        choices=[("", _("All")), *Gap.choices],
        required=False,
    )

    def __init__(self, *args: Any, officer: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, officer=officer, **kwargs)
        self._today = today

    @property
    def chosen_day(self) -> date:
        """Return the day, never one to come: today when there is no such day."""
        self.is_valid()
        day: date | None = self.cleaned_data.get("day")
        return min(day, self._today) if day else self._today

    def shows(self, row: PremisesCoverage) -> bool:
        """Say whether a premises has what the officer looks for."""
        self.is_valid()
        return {
            Gap.NEVER_TRAINED: row.coverage.never_trained > 0,
            Gap.EXPIRED: row.coverage.expired > 0,
            Gap.NIGHT: row.is_night_untrained,
        }.get(self.cleaned_data.get("gap", ""), True)
