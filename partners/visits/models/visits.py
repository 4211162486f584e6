from datetime import date, datetime, time, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer, is_tester
from partners.register.enums import Shift
from partners.register.models import Premises
from partners.register.models.premises import random_key
from partners.visits.enums import (
    OPEN_FOR_TESTER_STATES,
    Outcome,
    Result,
    VisitState,
)
from partners.visits.models.authorisations import Authorisation
from partners.visits.models.covert import CovertModel
from partners.visits.models.scenarios import ChecklistItem, ChecklistVersion, Scenario

# How long before a visit its tester may read of it.
SEEN_BEFORE = timedelta(hours=24)


class TestVisitQuerySet(models.QuerySet["TestVisit"]):
    def released(self) -> Self:
        """Return what exists for a premises: the covert choke point."""
        return self.filter(state=VisitState.RELEASED)

    def counted(self) -> Self:
        """Return what figures are made of: released, and not set aside since."""
        return self.released().filter(set_aside_at__isnull=True)

    def released_by(self, day: date) -> Self:
        return self.released().filter(released_at__date__lte=day)

    def count_by_outcome(self) -> dict[str, int]:
        """Count visits that count by outcome, the outcomes nobody had included."""
        rows = self.counted().values("outcome").annotate(n=models.Count("pk"))
        counted = {row["outcome"]: row["n"] for row in rows.order_by()}
        return {outcome.value: counted.get(outcome.value, 0) for outcome in Outcome}

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what an officer of the area may see, unreleased ones included."""
        if not is_officer(user):
            return self.none()
        return self.filter(premises__area__in=areas_of(user))

    def assigned_to(self, user: User | AnonymousUser) -> Self:
        if not is_tester(user) or not isinstance(user, User):
            return self.none()
        return self.filter(tester=user)

    def appointments_of(
        self, user: User | AnonymousUser
    ) -> "models.QuerySet[TestVisit, tuple[int, date, time]]":
        """Return (key, day, hour) of what a tester was given: no more is read."""
        planned = self.assigned_to(user).filter(state=VisitState.PLANNED)
        return planned.order_by("planned_on", "planned_time", "pk").values_list(
            "pk", "planned_on", "planned_time"
        )

    def near_for_tester(self, user: User | AnonymousUser, now: datetime) -> Self:
        """Return a tester's own visits, none earlier than 24 hours before it."""
        until = timezone.localtime(now) + SEEN_BEFORE
        return self.assigned_to(user).filter(
            models.Q(planned_on__lt=until.date())
            | models.Q(planned_on=until.date(), planned_time__lte=until.time())
        )

    def open_for_tester(self, user: User | AnonymousUser, now: datetime) -> Self:
        return self.near_for_tester(user, now).filter(state__in=OPEN_FOR_TESTER_STATES)

    def to_check_by(self, user: User | AnonymousUser) -> Self:
        """Return what waits for a second officer, if this one may be the second."""
        sent_in = self.visible_to(user).filter(state=VisitState.SUBMITTED)
        return sent_in.exclude(planned_by=user.pk).exclude(tester=user.pk)


class TestVisit(CovertModel):
    """A covert test of what staff do; until released it does not exist for them."""

    __test__ = False  # pytest: the word is the product's, this is no test class

    key = models.CharField(max_length=12, unique=True, default=random_key)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="test_visits")
    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="+")
    checklist_version = models.ForeignKey(
        ChecklistVersion, models.PROTECT, related_name="+"
    )
    tester = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="test_visits"
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    planned_on = models.DateField(_("day"))
    planned_time = models.TimeField(_("hour"))
    shift = models.CharField(_("shift"), max_length=10, choices=Shift)
    authorisation = models.ForeignKey(
        Authorisation, models.PROTECT, related_name="visits"
    )
    state = models.CharField(
        max_length=15, choices=VisitState, default=VisitState.PLANNED
    )
    brief_read_at = models.DateTimeField(null=True)
    state_reason = models.CharField(max_length=300, blank=True)
    visited_on = models.DateField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=10, blank=True)
    # How often it was sent in: what is counted are the observations of this number.
    revision = models.PositiveSmallIntegerField(default=0)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    # A challenge of the result was upheld: it is in no figure any more.
    set_aside_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    # What the area asked for when the result was released: it is scored by that.
    standard: "models.JSONField[list[str], list[str]]" = models.JSONField(
        default=list, blank=True
    )
    retest_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="retests"
    )

    objects = TestVisitQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["premises", "state"], name="testvisit_by_premises"),
            models.Index(fields=["tester", "state"], name="testvisit_by_tester"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=VisitState.RELEASED)
                | models.Q(
                    released_at__isnull=False,
                    submitted_at__isnull=False,
                    visited_on__isnull=False,
                ),
                name="testvisit_released_was_submitted",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[VisitState.CHECKED, VisitState.RELEASED])
                | models.Q(checked_by__isnull=False, checked_at__isnull=False)
                # Released before a second officer was asked for.
                | models.Q(state=VisitState.RELEASED, revision=0),
                name="testvisit_released_was_checked",
            ),
            models.CheckConstraint(
                condition=models.Q(set_aside_at__isnull=True)
                | models.Q(state=VisitState.RELEASED),
                name="testvisit_set_aside_was_released",
            ),
            models.CheckConstraint(
                condition=~models.Q(checked_by=models.F("planned_by"))
                & ~models.Q(checked_by=models.F("tester")),
                name="testvisit_checked_by_a_second_officer",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ObservationQuerySet(models.QuerySet["Observation"]):
    def of_visit(self, visit: TestVisit) -> Self:
        """Return what stands: the lines of the last time it was sent in."""
        return (
            self.filter(visit=visit, revision=visit.revision)
            .select_related("item", "item__sign", "item__module")
            .order_by("item__position", "item__pk")
        )

    def gaps_of(self, visit: TestVisit) -> Self:
        """Return what fell short of the standard the visit was released by."""
        return self.of_visit(visit).filter(
            result=Result.NO, item__step__in=visit.standard
        )

    def strengths_of(self, visit: TestVisit) -> Self:
        return self.of_visit(visit).filter(result=Result.YES)


class Observation(CovertModel):
    """One step as the tester saw it. Only ever added to: a revision adds lines."""

    visit = models.ForeignKey(TestVisit, models.PROTECT, related_name="observations")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="+")
    revision = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=3, choices=Result)
    seconds = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Seconds from arriving until this step")
    )

    objects = ObservationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "item", "revision"],
                name="observation_once_per_item",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.item_id} {self.result}"
