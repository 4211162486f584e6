from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core.audit import record
from core.working_days import after_working_days
from partners.followups.enums import TaskKind, TaskOwner, TaskState
from partners.followups.models import (
    FollowUpTask,
    GapRule,
    Retest,
    TaskEvent,
    TaskLearner,
)
from partners.followups.services.messages import tell_managers
from partners.followups.services.retests import (
    decide_retest,
    open_retest_when_finished,
)
from partners.followups.services.training import briefing_evidence, people_on_duty
from partners.visits.models import Observation, TestVisit

JOB = "followups.releases"


@transaction.atomic
def follow_up_release(*, visit: TestVisit, now: datetime) -> None:
    """Do all that follows from a released visit. Running it again changes nothing.

    A retest is decided; each gap leads to its tasks and one retest to come; each
    manager is told once that feedback is ready.
    """
    decide_retest(visit=visit, now=now)
    tasks = open_tasks(visit=visit, now=now)
    if Observation.objects.gaps_of(visit).exists():
        _expect_retest(visit, now)
    for_manager = [task for task in tasks if task.owner == TaskOwner.MANAGER]
    tell_managers(
        premises=visit.premises,
        template="feedback_ready",
        dedupe_key=f"feedback-ready:{visit.key}",
        context={"task_count": len(for_manager)},
        address_of=("followups:feedback", (visit.premises.key, visit.key)),
        now=now,
    )


@transaction.atomic
def open_tasks(*, visit: TestVisit, now: datetime) -> list[FollowUpTask]:
    """Open one task per gap and rule of the area, and return them all.

    Due days are working days from the release. Known tasks are left as they are.
    """
    rules = list(GapRule.objects.for_area(visit.premises.area).order_by("pk"))
    return [_open_task(visit, gap, rule, now) for gap, rule in _fired(visit, rules)]


def _fired(
    visit: TestVisit, rules: list[GapRule]
) -> Iterator[tuple[Observation, GapRule]]:
    for gap in Observation.objects.gaps_of(visit):
        for rule in rules:
            if rule.step == gap.item.step:
                yield gap, rule


def _open_task(
    visit: TestVisit, gap: Observation, rule: GapRule, now: datetime
) -> FollowUpTask:
    today = timezone.localdate(now)
    is_training = rule.kind == TaskKind.COMPLETE_MODULE
    learners = (
        people_on_duty(visit=visit, rule=rule, today=today) if is_training else set()
    )
    # With nobody to ask, the manager gets the module's matter as a briefing.
    is_briefing = is_training and not learners
    task, is_new = FollowUpTask.objects.get_or_create(
        visit=visit,
        observation=gap,
        rule=rule,
        defaults={
            "premises": visit.premises,
            "kind": TaskKind.BRIEF_TEAM if is_briefing else rule.kind,
            "owner": rule.owner,
            "module": rule.module,
            "title": rule.title,
            "why": rule.why,
            "evidence_wanted": briefing_evidence() if is_briefing else rule.evidence,
            "due_on": after_working_days(today, rule.due_days),
            "opened_at": now,
        },
    )
    if is_new:
        _note_opening(task, learners, now)
    return task


def _note_opening(task: FollowUpTask, learners: set[int], now: datetime) -> None:
    TaskEvent.objects.create(task=task, at=now, to_state=TaskState.OPEN)
    TaskLearner.objects.bulk_create(
        TaskLearner(task=task, staff_member_id=pk) for pk in sorted(learners)
    )
    record("task.opened", task, job=JOB, rule=task.rule_id)


def _expect_retest(visit: TestVisit, now: datetime) -> None:
    retest, is_new = Retest.objects.get_or_create(gap_visit=visit)
    if is_new:
        record("retest.expected", retest, job=JOB, visit=visit.pk)
    # An area whose rules ask for nothing may test again without waiting for tasks.
    open_retest_when_finished(visit=visit, now=now)
