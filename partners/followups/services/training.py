"""Training tasks: asked of the roles on duty, closed when they have done it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import record
from partners.followups.enums import TO_DO_STATES, TaskKind, TaskState
from partners.followups.models import (
    FollowUpTask,
    GapRule,
    TaskEvent,
    TaskLearner,
)
from partners.followups.services.moves import locked, move
from partners.followups.services.retests import open_retest_when_finished
from partners.register.enums import Shift
from partners.register.models import Spell
from partners.training.models import RequirementRole
from partners.visits.models import TestVisit

JOB = "followups.training"


def people_on_duty(*, visit: TestVisit, rule: GapRule, today: date) -> set[int]:
    """Return who was on duty in a role that needs the module and is still here."""
    if visit.visited_on is None:
        return set()
    then = Spell.objects.in_post(visit.visited_on).filter(
        premises=visit.premises, role__in=_roles_that_need(rule, visit)
    )
    if visit.shift != Shift.MIXED:
        then = then.filter(shift__in=(visit.shift, Shift.MIXED))
    now = Spell.objects.in_post(today).filter(premises=visit.premises)
    return set(
        then.filter(staff_member__in=now.values("staff_member")).values_list(
            "staff_member", flat=True
        )
    )


def _roles_that_need(rule: GapRule, visit: TestVisit) -> list[str]:
    premises = visit.premises
    area = premises.area
    everywhere_or_here = Q(requirement__area__isnull=True) | Q(
        requirement__area__in=[area.pk, area.parent_id or area.pk]
    )
    not_ended = Q(requirement__ends_on__isnull=True) | Q(
        requirement__ends_on__gte=visit.visited_on
    )
    return list(
        RequirementRole.objects.filter(
            everywhere_or_here,
            not_ended,
            requirement__module=rule.module_id,
            requirement__premises_kind__in=("", premises.kind),
            requirement__starts_on__lte=visit.visited_on,
        )
        .values_list("role", flat=True)
        .distinct()
    )


def settle_training_tasks(
    *, tasks: Iterable[FollowUpTask], now: datetime
) -> list[FollowUpTask]:
    """Close those training tasks whose people have all done the module; return them.

    Only people still in post count. When none is left, nobody has practised what was
    missing: the task then becomes a briefing for the manager, and stays open.
    """
    return [task for task in tasks if _settle(task, now)]


@transaction.atomic
def _settle(task: FollowUpTask, now: datetime) -> bool:
    task = locked(task)
    if task.kind != TaskKind.COMPLETE_MODULE or task.state not in TO_DO_STATES:
        return False
    learners = TaskLearner.objects.filter(task=task)
    here = list(learners.in_post(timezone.localdate(now)).with_done())
    if not here:
        _turn_into_briefing(task, now)
        return False
    if not all(learner.is_done for learner in here):  # type: ignore[attr-defined] # annotated by with_done
        return False
    move(task, to=TaskState.VERIFIED, now=now, job=JOB)
    open_retest_when_finished(visit=task.visit, now=now)
    return True


def briefing_evidence() -> str:
    return _(
        "A short note: the day you went through it with the team, and how many "
        "people were there. No names, please."
    )


def _turn_into_briefing(task: FollowUpTask, now: datetime) -> None:
    task.kind = TaskKind.BRIEF_TEAM
    task.evidence_wanted = briefing_evidence()
    task.save(update_fields=["kind", "evidence_wanted"])
    TaskEvent.objects.create(
        task=task,
        at=now,
        from_state=task.state,
        to_state=task.state,
        note=_("Nobody who was on duty works here any more: please brief the team."),
    )
    record("task.became_briefing", task, job=JOB)
