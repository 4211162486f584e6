from collections.abc import Iterable
from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from campaigns.learning.models import Module
from core.models import Area
from partners.followups.enums import (
    CLOSED_TASK_STATES,
    TO_DO_STATES,
    UNFINISHED_TASK_STATES,
    RetestState,
    TaskKind,
    TaskOwner,
    TaskState,
)
from partners.followups.rules import Loop
from partners.register.models import Premises, Spell, StaffMember
from partners.register.models.premises import random_key
from partners.training.models import Completion
from partners.visits.enums import UNDECIDED_STATES, Step
from partners.visits.models import Observation, TestVisit


class GapRuleQuerySet(models.QuerySet["GapRule"]):
    def for_area(self, area: Area) -> Self:
        """Return the rules of an area, else of its force, else those for all."""
        active = self.filter(is_active=True)
        for owner in (area.pk, area.parent_id):
            own = active.filter(area=owner) if owner else active.none()
            if own.exists():
                return own
        return active.filter(area__isnull=True)


class GapRule(models.Model):
    """What follows from a gap: a task, its owner, days, module and retest window."""

    # Names a rule that came with the product; a rule made here has none.
    key = models.SlugField(max_length=60, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True)
    step = models.CharField(max_length=15, choices=Step)
    kind = models.CharField(max_length=20, choices=TaskKind)
    owner = models.CharField(max_length=10, choices=TaskOwner)
    module = models.ForeignKey(Module, models.PROTECT, null=True, blank=True)
    title = models.CharField(max_length=200)
    why = models.TextField()
    evidence = models.CharField(max_length=300, blank=True)
    # Working days from the release.
    due_days = models.PositiveSmallIntegerField()
    retest_from_days = models.PositiveSmallIntegerField(default=14)
    retest_to_days = models.PositiveSmallIntegerField(default=60)
    is_active = models.BooleanField(default=True)

    objects = GapRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~models.Q(key=""), name="gaprule_key_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=TaskKind.COMPLETE_MODULE)
                | models.Q(module__isnull=False),
                name="gaprule_training_names_a_module",
            ),
            models.CheckConstraint(
                condition=models.Q(retest_to_days__gt=models.F("retest_from_days")),
                name="gaprule_retest_window_is_open",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TaskQuerySet(models.QuerySet["FollowUpTask"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not is_officer(user):
            return self.none()
        return self.filter(premises__area__in=areas_of(user))

    def for_manager(self, user: User | AnonymousUser) -> Self:
        return self.filter(
            premises__in=Premises.objects.managed_by(user), owner=TaskOwner.MANAGER
        )

    def of_managers(self) -> Self:
        return self.filter(owner=TaskOwner.MANAGER)

    def for_officers(self) -> Self:
        return self.filter(owner=TaskOwner.OFFICER)

    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED_TASK_STATES)

    def to_do(self) -> Self:
        return self.filter(state__in=TO_DO_STATES)

    def overdue(self, day: date) -> Self:
        return self.unfinished().filter(due_on__lt=day)

    def open_on(self, day: date) -> Self:
        """Return the tasks that stood open at the end of a day, today or past."""
        still_open = models.Q(closed_at__isnull=True) | models.Q(
            closed_at__date__gt=day
        )
        return self.filter(still_open, opened_at__date__lte=day)

    def overdue_on(self, day: date) -> Self:
        return self.open_on(day).filter(due_on__lt=day)

    def by_urgency(self) -> Self:
        """Put what is still to do first, the earliest due day at the top."""
        is_closed = models.Case(
            models.When(state__in=CLOSED_TASK_STATES, then=2),
            models.When(state=TaskState.DONE, then=1),
            default=0,
        )
        return self.order_by(is_closed, "due_on", "pk")

    def waiting_for_training(self) -> Self:
        return self.to_do().filter(kind=TaskKind.COMPLETE_MODULE)


class FollowUpTask(models.Model):
    """Something to do after a gap: one per visit, step and rule, typed by nobody."""

    key = models.CharField(max_length=12, unique=True, default=random_key)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="tasks")
    visit = models.ForeignKey(TestVisit, models.PROTECT, related_name="tasks")
    observation = models.ForeignKey(Observation, models.PROTECT, related_name="+")
    rule = models.ForeignKey(GapRule, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=TaskKind)
    owner = models.CharField(max_length=10, choices=TaskOwner)
    module = models.ForeignKey(Module, models.PROTECT, null=True)
    title = models.CharField(max_length=200)
    why = models.TextField()
    evidence_wanted = models.CharField(max_length=300, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up task")
        verbose_name_plural = _("follow-up tasks")
        indexes = [
            models.Index(fields=["premises", "state"], name="task_by_premises"),
            models.Index(fields=["state", "due_on"], name="task_by_due_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "observation", "rule"],
                name="task_once_per_gap_and_rule",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=sorted(CLOSED_TASK_STATES), closed_at__isnull=False
                )
                | ~models.Q(state__in=sorted(CLOSED_TASK_STATES))
                & models.Q(closed_at__isnull=True),
                name="task_closed_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TaskLearnerQuerySet(models.QuerySet["TaskLearner"]):
    def in_post(self, day: date) -> Self:
        """Leave out who does not work at the task's premises any more."""
        here = Spell.objects.in_post(day).filter(
            staff_member=models.OuterRef("staff_member"),
            premises=models.OuterRef("task__premises"),
        )
        return self.filter(models.Exists(here))

    def with_done(self) -> Self:
        """Add `is_done`: did the module, begun after the task was opened."""
        opened_at = models.OuterRef("task__opened_at")
        passed = Completion.objects.standing().filter(
            models.Q(attempt__started_at__gt=opened_at)
            | models.Q(attendance__session__starts_at__gt=opened_at),
            staff_member=models.OuterRef("staff_member"),
            module=models.OuterRef("task__module"),
        )
        return self.annotate(is_done=models.Exists(passed))


class TaskLearner(models.Model):
    """A person who held a role on the shift of the visit and is to do the module.

    Managers see the number, and the roles where at least three people held them.
    """

    task = models.ForeignKey(FollowUpTask, models.PROTECT, related_name="learners")
    staff_member = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")

    objects = TaskLearnerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "staff_member"], name="tasklearner_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member_id} for {self.task_id}"


class TaskEvent(models.Model):
    """One step in the life of a task, with the note given. Only ever added to."""

    task = models.ForeignKey(FollowUpTask, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    from_state = models.CharField(max_length=10, choices=TaskState, blank=True)
    to_state = models.CharField(max_length=10, choices=TaskState)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.task_id} {self.to_state}"


def private_storage() -> Storage:
    """Keep evidence where no address reaches it: only a view hands it out."""
    return storages["private"]


class TaskEvidence(models.Model):
    """A file sent in when a task was marked as done. Its own name is not kept."""

    key = models.CharField(max_length=12, unique=True, default=random_key)
    event = models.OneToOneField(TaskEvent, models.PROTECT, related_name="evidence")
    task = models.ForeignKey(FollowUpTask, models.PROTECT, related_name="evidence")
    file = models.FileField(upload_to="evidence/", storage=private_storage)
    content_type = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"evidence {self.key}"


class RetestQuerySet(models.QuerySet["Retest"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not is_officer(user):
            return self.none()
        return self.filter(gap_visit__premises__area__in=areas_of(user))

    def in_areas(self, areas: Iterable[Area]) -> Self:
        return self.filter(gap_visit__premises__area__in=areas)

    def to_plan(self) -> Self:
        """Return what may be retested now and has no visit on its way."""
        on_its_way = TestVisit.objects.filter(
            retest_of=models.OuterRef("gap_visit"),
            state__in=UNDECIDED_STATES,
        )
        return self.filter(~models.Exists(on_its_way), state=RetestState.OPEN)

    def loops(self, day: date) -> list[Loop]:
        """Return each loop known on a day, from its first gap to the retest passed.

        A retest with a gap again carries the loop on: it ends with the first retest
        of the chain that is passed, or is still open.
        """
        known = (
            self.exclude(state=RetestState.DROPPED)
            .filter(gap_visit__released_at__date__lte=day)
            .select_related("gap_visit", "decided_by_visit")
            .order_by("gap_visit__visited_on", "pk")
        )
        by_gap = {retest.gap_visit_id: retest for retest in known}
        later = {retest.decided_by_visit_id for retest in by_gap.values()}
        return [
            Loop(retest.gap_visit.visited_on, _closing_day(retest, by_gap, day))
            for gap, retest in by_gap.items()
            if gap not in later and retest.gap_visit.visited_on
        ]


def _closing_day(
    retest: "Retest", by_gap: dict[int, "Retest"], day: date
) -> date | None:
    current: Retest | None = retest
    while current is not None:
        decided = current.decided_by_visit
        if decided is None or decided.released_at is None:
            return None
        if timezone.localdate(decided.released_at) > day:
            return None
        if current.state == RetestState.PASSED:
            return current.closed_on
        current = by_gap.get(decided.pk)
    return None


class Retest(models.Model):
    """The blind later visit that a gap leads to. Its window and day are covert."""

    wagtail_reference_index_ignore = True

    gap_visit = models.OneToOneField(TestVisit, models.PROTECT, related_name="retest")
    state = models.CharField(
        max_length=10, choices=RetestState, default=RetestState.WAITING
    )
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    decided_by_visit = models.OneToOneField(
        TestVisit, models.PROTECT, null=True, related_name="decides_retest"
    )
    closed_on = models.DateField(null=True)

    objects = RetestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[RetestState.WAITING, RetestState.DROPPED])
                | models.Q(opens_on__isnull=False, closes_on__isnull=False),
                name="retest_open_has_a_window",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RetestState.PASSED)
                | models.Q(closed_on__isnull=False),
                name="retest_passed_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"retest of {self.gap_visit_id}"
