from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.scoping import areas_of, is_area_lead, is_officer
from campaigns.learning.models import Module
from core.models import Area
from partners.register.enums import PremisesKind, Shift, StaffRole
from partners.training.enums import LateStarters, Renewal
from partners.training.rules import Terms, season_days
from partners.training.validators import ANY_YEAR, day_of_year

# The rest of the year is when a new season has to be waited for.
MOST_SEASON_DAYS = 330
SHORTEST_MONTH = 28


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what applies in an officer's areas, from above or of their own."""
        if not is_officer(user):
            return self.none()
        areas = areas_of(user)
        return self.filter(
            models.Q(area__isnull=True)
            | models.Q(area__in=areas)
            | models.Q(area__districts__in=areas)
        ).distinct()

    def changeable_by(self, user: User | AnonymousUser) -> Self:
        """Return those of the officer's own areas, and for a lead those of all."""
        if not is_officer(user):
            return self.none()
        own = models.Q(area__in=areas_of(user))
        if is_area_lead(user):
            own |= models.Q(area__isnull=True)
        return self.filter(own)

    def not_over(self, day: date) -> Self:
        """Return those that hold on a day or begin later."""
        return self.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day))


class Requirement(models.Model):
    """Who needs which module, how soon after starting, and when again.

    One row is one version of the rules, from a day to a day. A change ends the row and
    adds one that `follows` it, so a past day is judged by the rules of that day.
    What people in post were promised is carried over in the `earlier_…` days and in
    `RequirementRole.counts_from`.
    """

    module = models.ForeignKey(
        Module, models.PROTECT, related_name="requirements", verbose_name=_("module")
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, verbose_name=_("area")
    )
    premises_kind = models.CharField(
        _("kind of premises"), max_length=10, choices=PremisesKind, blank=True
    )
    # Who works changing shifts works each of them: any shift named here means them too.
    shift = models.CharField(_("shift"), max_length=10, choices=Shift, blank=True)
    within_days = models.PositiveSmallIntegerField(
        _("days for a starter"), default=30, validators=[MaxValueValidator(730)]
    )
    grace_days = models.PositiveSmallIntegerField(
        _("days of grace"), default=0, validators=[MaxValueValidator(365)]
    )
    renewal = models.CharField(
        _("when it is done again"),
        max_length=8,
        choices=Renewal,
        default=Renewal.ROLLING,
    )
    valid_months = models.PositiveSmallIntegerField(
        _("months it is valid"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    window_days = models.PositiveSmallIntegerField(
        _("days it may be done early"), default=0, validators=[MaxValueValidator(180)]
    )
    # Days of each year, "09-01" for 1 September; empty unless there is a season.
    season_opens = models.CharField(
        _("first day of the season"),
        max_length=5,
        blank=True,
        validators=[day_of_year],
    )
    season_closes = models.CharField(
        _("last day of the season"), max_length=5, blank=True, validators=[day_of_year]
    )
    late_starters = models.CharField(
        _("who starts late in a season"),
        max_length=4,
        choices=LateStarters,
        default=LateStarters.OWN_DAYS,
    )
    late_starter_days = models.PositiveSmallIntegerField(
        _("last days of the season that count as late"),
        default=0,
        validators=[MaxValueValidator(180)],
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="followed_by"
    )
    # For who was in post, or became due, before the first day; empty: the days above.
    earlier_within_days = models.PositiveSmallIntegerField(null=True, editable=False)
    earlier_grace_days = models.PositiveSmallIntegerField(null=True, editable=False)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="requirement_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(renewal=Renewal.ROLLING)
                | ~models.Q(season_opens="") & ~models.Q(season_closes=""),
                name="requirement_season_has_its_days",
            ),
            models.CheckConstraint(
                condition=models.Q(renewal=Renewal.SEASON)
                | models.Q(late_starters=LateStarters.OWN_DAYS),
                name="requirement_late_only_in_a_season",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_months__gte=1),
                name="requirement_valid_for_a_while",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_id} within {self.within_days} days"

    def clean(self) -> None:
        """Refuse a season without its days, and times that would swallow each other."""
        if self.renewal == Renewal.SEASON and self.season_opens and self.season_closes:
            season = season_days(self.season_opens, self.season_closes)
            if season + self.window_days > MOST_SEASON_DAYS:
                raise ValidationError(
                    {"window_days": _("Season and early days would fill the year.")}
                )
            if self.late_starter_days > season:
                raise ValidationError(
                    {"late_starter_days": _("The season is shorter than that.")}
                )
        elif self.window_days >= self.valid_months * SHORTEST_MONTH:
            raise ValidationError(
                {"window_days": _("That is longer than the module is valid.")}
            )

    @property
    def renewal_text(self) -> str:
        """Return in a few words when the module is done again."""
        if self.renewal == Renewal.ROLLING:
            return ngettext(
                "after %(months)s month", "after %(months)s months", self.valid_months
            ) % {"months": self.valid_months}
        days = (self.season_opens, self.season_closes)
        opens, closes = (
            date_format(date.fromisoformat(f"{ANY_YEAR}-{day}"), "j F") for day in days
        )
        return _("each year, %(first)s to %(last)s") % {"first": opens, "last": closes}

    @property
    def terms(self) -> Terms:
        """Return what decides until when a completion is valid."""
        return Terms(
            renewal=Renewal(self.renewal),
            valid_months=self.valid_months,
            window_days=self.window_days,
            season_opens=self.season_opens,
            season_closes=self.season_closes,
        )


class RequirementRole(models.Model):
    requirement = models.ForeignKey(
        Requirement, models.CASCADE, related_name="required_roles"
    )
    role = models.CharField(max_length=12, choices=StaffRole)
    # From which day the time of people in post runs, when an earlier version of the
    # rules had the role already; empty: from the first day of this one.
    counts_from = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "role"], name="requirementrole_once"
            ),
        ]

    def __str__(self) -> str:
        return self.role
