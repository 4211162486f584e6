from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scoping import areas_of, is_tester
from core.audit import record
from partners.register.enums import PremisesState, Shift
from partners.register.models import Premises
from partners.visits.enums import Outcome, VisitState
from partners.visits.models import (
    Authorisation,
    ChecklistVersion,
    Scenario,
    TestVisit,
)
from partners.visits.services.gates import (
    VisitError,
    locked,
    require_move,
    require_officer,
    require_planned,
    require_reason,
)


@dataclass(frozen=True)
class Plan:
    """What an officer decides about a visit, and the decision that allows it."""

    scenario: Scenario
    tester: User
    planned_on: date
    planned_time: time
    shift: Shift
    authorisation: Authorisation


@transaction.atomic
def plan_visit(
    *,
    premises: Premises,
    plan: Plan,
    actor: User,
    today: date,
    retest_of: TestVisit | None = None,
) -> TestVisit:
    """Plan a visit once every gate is passed. Nobody at the premises may know of it.

    :raises VisitError: when a gate is not passed; the first one is named.
    """
    require_officer(actor, premises)
    version = ChecklistVersion.objects.current(plan.scenario)
    for refusal in _refusals(premises, plan, retest_of, today=today):
        raise VisitError(refusal)
    if version is None:
        raise VisitError(_("This scenario has no checklist yet."))
    visit = TestVisit.objects.create(
        premises=premises,
        scenario=plan.scenario,
        checklist_version=version,
        tester=plan.tester,
        planned_by=actor,
        planned_on=plan.planned_on,
        planned_time=plan.planned_time,
        shift=plan.shift,
        authorisation=plan.authorisation,
        retest_of=retest_of,
    )
    record(
        "visit.planned",
        visit,
        actor=actor,
        tester=plan.tester.pk,
        planned_on=plan.planned_on.isoformat(),
    )
    return visit


def _refusals(
    premises: Premises, plan: Plan, retest_of: TestVisit | None, *, today: date
) -> Iterator[str]:
    if premises.state != PremisesState.ACTIVE:
        yield _("These premises no longer take part.")
    yield from _day_refusals(premises, plan.authorisation, plan.planned_on, today=today)
    yield from _tester_refusals(plan.tester, premises)
    if retest_of is not None and not _may_be_retested(retest_of, premises):
        yield _("A retest follows a released visit to the same premises with a gap.")


def _day_refusals(
    premises: Premises, authorisation: Authorisation, day: date, *, today: date
) -> Iterator[str]:
    if day < today:
        yield _("This day has passed. Choose today or a later day.")
    elif not authorisation.covers(premises.area, day):
        yield _(
            "No visit goes ahead without an authorisation: this one does not cover "
            "these premises on this day. Look at its area and its review date."
        )


def _tester_refusals(tester: User, premises: Premises) -> Iterator[str]:
    if not is_tester(tester):
        yield _("This person is not a tester.")
    elif not areas_of(tester).filter(pk=premises.area_id).exists():
        yield _("This tester does not work in the area of the premises.")


def _may_be_retested(visit: TestVisit, premises: Premises) -> bool:
    return (
        visit.premises_id == premises.pk
        and visit.state == VisitState.RELEASED
        and visit.set_aside_at is None
        and visit.outcome != Outcome.GOOD
    )


@transaction.atomic
def reschedule_visit(
    *,
    visit: TestVisit,
    planned_on: date,
    planned_time: time,
    shift: Shift,
    reason: str,
    actor: User,
    today: date,
) -> None:
    """Move a planned visit to another day, hour or shift.

    :raises VisitError: when the visit is under way, the day has passed, no reason.
    """
    visit = locked(visit)
    require_officer(actor, visit.premises)
    require_planned(visit)
    require_reason(reason)
    for refusal in _day_refusals(
        visit.premises, visit.authorisation, planned_on, today=today
    ):
        raise VisitError(refusal)
    was = visit.planned_on
    visit.planned_on = planned_on
    visit.planned_time = planned_time
    visit.shift = shift
    visit.state_reason = reason.strip()
    visit.save(update_fields=["planned_on", "planned_time", "shift", "state_reason"])
    record(
        "visit.rescheduled",
        visit,
        actor=actor,
        was=was.isoformat(),
        planned_on=planned_on.isoformat(),
        planned_time=planned_time.isoformat("minutes"),
        shift=str(shift),
    )


@transaction.atomic
def reassign_visit(*, visit: TestVisit, tester: User, reason: str, actor: User) -> None:
    """Give a planned visit to another tester.

    :raises VisitError: when the visit is under way, no reason, or not a tester here.
    """
    visit = locked(visit)
    require_officer(actor, visit.premises)
    require_planned(visit)
    require_reason(reason)
    for refusal in _tester_refusals(tester, visit.premises):
        raise VisitError(refusal)
    was = visit.tester_id
    visit.tester = tester
    visit.brief_read_at = None
    visit.state_reason = reason.strip()
    visit.save(update_fields=["tester", "brief_read_at", "state_reason"])
    record("visit.reassigned", visit, actor=actor, was=was, tester=tester.pk)


@transaction.atomic
def cancel_visit(*, visit: TestVisit, reason: str, actor: User) -> None:
    """Call off a planned visit.

    :raises VisitError: when it is not planned any more, or no reason is given.
    """
    visit = locked(visit)
    require_officer(actor, visit.premises)
    _end(visit, VisitState.CANCELLED, reason)
    record("visit.cancelled", visit, actor=actor)


@transaction.atomic
def record_not_completed(*, visit: TestVisit, reason: str, actor: User) -> None:
    """Note that a visit could not be carried out; its tester or an officer.

    :raises VisitError: when it was sent in or is over, or no reason is given.
    """
    visit = locked(visit)
    if visit.tester_id != actor.pk:
        require_officer(actor, visit.premises)
    _end(visit, VisitState.NOT_COMPLETED, reason)
    record("visit.not_completed", visit, actor=actor)


def _end(visit: TestVisit, state: VisitState, reason: str) -> None:
    require_move(visit, state)
    require_reason(reason)
    visit.state = state
    visit.state_reason = reason.strip()
    visit.save(update_fields=["state", "state_reason"])
