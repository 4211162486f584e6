"""Everything that changes a test visit. `enums.TRANSITIONS` says which moves exist."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scoping import areas_of, is_area_lead, is_officer, is_tester
from core import signals
from core.audit import record, record_each
from core.models import Area
from core.shortcodes import new_code
from partners.register.enums import PremisesState, Shift
from partners.register.models import Premises
from partners.visits.enums import Outcome, Result, Step, VisitState
from partners.visits.models import (
    AreaStandard,
    ChecklistItem,
    ChecklistVersion,
    Observation,
    Scenario,
    TestVisit,
)
from partners.visits.rules import SeenStep, can_move, outcome_of

RECEIPT_LENGTH = 8


class VisitError(Exception):
    pass


@dataclass(frozen=True)
class Plan:
    """What an officer decides about a visit, and who allowed it."""

    scenario: Scenario
    tester: User
    planned_on: date
    shift: Shift
    authorisation_reference: str
    decision_maker: str
    legal_check: str


class Seen(NamedTuple):
    """What the tester saw of one checklist item, and after how many seconds."""

    result: Result
    seconds: int | None = None


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
    _require_officer(actor, premises)
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
        shift=plan.shift,
        authorisation_reference=plan.authorisation_reference.strip(),
        decision_maker=plan.decision_maker.strip(),
        legal_check=plan.legal_check.strip(),
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
    if not plan.authorisation_reference.strip():
        yield _("Give the authorisation reference. No visit goes ahead without one.")
    if not plan.decision_maker.strip():
        yield _("Say who decided. No visit goes ahead without a decision maker.")
    if not plan.legal_check.strip():
        yield _("Say who did the legal check, when, and with what outcome.")
    if plan.planned_on < today:
        yield _("This day has passed. Choose today or a later day.")
    yield from _tester_refusals(plan.tester, premises)
    if retest_of is not None and not _may_be_retested(retest_of, premises):
        yield _("A retest follows a released visit to the same premises with a gap.")


def _tester_refusals(tester: User, premises: Premises) -> Iterator[str]:
    if not is_tester(tester):
        yield _("This person is not a tester.")
    elif not areas_of(tester).filter(pk=premises.area_id).exists():
        yield _("This tester does not work in the area of the premises.")


def _may_be_retested(visit: TestVisit, premises: Premises) -> bool:
    return (
        visit.premises_id == premises.pk
        and visit.state == VisitState.RELEASED
        and visit.outcome != Outcome.GOOD
    )


@transaction.atomic
def reschedule_visit(
    *,
    visit: TestVisit,
    planned_on: date,
    shift: Shift,
    reason: str,
    actor: User,
    today: date,
) -> None:
    """Move a planned visit to another day or shift.

    :raises VisitError: when the visit is under way, the day has passed, no reason.
    """
    visit = _locked(visit)
    _require_officer(actor, visit.premises)
    _require_planned(visit)
    _require_reason(reason)
    if planned_on < today:
        raise VisitError(_("This day has passed. Choose today or a later day."))
    was = visit.planned_on
    visit.planned_on = planned_on
    visit.shift = shift
    visit.state_reason = reason.strip()
    visit.save(update_fields=["planned_on", "shift", "state_reason"])
    record(
        "visit.rescheduled",
        visit,
        actor=actor,
        was=was.isoformat(),
        planned_on=planned_on.isoformat(),
        shift=str(shift),
    )


@transaction.atomic
def reassign_visit(*, visit: TestVisit, tester: User, reason: str, actor: User) -> None:
    """Give a planned visit to another tester.

    :raises VisitError: when the visit is under way, no reason, or not a tester here.
    """
    visit = _locked(visit)
    _require_officer(actor, visit.premises)
    _require_planned(visit)
    _require_reason(reason)
    for refusal in _tester_refusals(tester, visit.premises):
        raise VisitError(refusal)
    was = visit.tester_id
    visit.tester = tester
    visit.state_reason = reason.strip()
    visit.save(update_fields=["tester", "state_reason"])
    record("visit.reassigned", visit, actor=actor, was=was, tester=tester.pk)


@transaction.atomic
def cancel_visit(*, visit: TestVisit, reason: str, actor: User) -> None:
    """Call off a planned visit.

    :raises VisitError: when it is not planned any more, or no reason is given.
    """
    visit = _locked(visit)
    _require_officer(actor, visit.premises)
    _end(visit, VisitState.CANCELLED, reason)
    record("visit.cancelled", visit, actor=actor)


@transaction.atomic
def record_not_completed(*, visit: TestVisit, reason: str, actor: User) -> None:
    """Note that a planned visit could not be carried out; its tester or an officer.

    :raises VisitError: when it is not planned any more, or no reason is given.
    """
    visit = _locked(visit)
    if visit.tester_id != actor.pk:
        _require_officer(actor, visit.premises)
    _end(visit, VisitState.NOT_COMPLETED, reason)
    record("visit.not_completed", visit, actor=actor)


def _end(visit: TestVisit, state: VisitState, reason: str) -> None:
    _require_move(visit, state)
    _require_reason(reason)
    visit.state = state
    visit.state_reason = reason.strip()
    visit.save(update_fields=["state", "state_reason"])


@transaction.atomic
def submit_visit(
    *,
    visit: TestVisit,
    tester: User,
    visited_on: date,
    seen: Mapping[int, Seen],
    now: datetime,
) -> str:
    """Keep what the tester saw, item by item, and return the receipt.

    The same visit sent twice changes nothing and gives the same receipt.

    :raises VisitError: when it is not the tester's, not planned, or not complete.
    """
    visit = _locked(visit)
    if visit.tester_id != tester.pk:
        raise VisitError(_("This visit was given to someone else."))
    if visit.receipt:
        return visit.receipt
    _require_move(visit, VisitState.SUBMITTED)
    _require_visit_day(visit, visited_on, today=timezone.localdate(now))
    items = list(ChecklistItem.objects.filter(version=visit.checklist_version_id))
    _require_complete(items, seen)
    _require_something_to_say(visit, items, seen)
    Observation.objects.bulk_create(
        Observation(
            visit=visit,
            item=item,
            result=seen[item.pk].result,
            seconds=seen[item.pk].seconds,
        )
        for item in items
    )
    visit.state = VisitState.SUBMITTED
    visit.visited_on = visited_on
    visit.submitted_at = now
    visit.receipt = new_code(RECEIPT_LENGTH)
    visit.save(update_fields=["state", "visited_on", "submitted_at", "receipt"])
    record("visit.submitted", visit, actor=tester)
    return visit.receipt


def _require_visit_day(visit: TestVisit, visited_on: date, *, today: date) -> None:
    first = visit.planned_on - timedelta(days=1)
    if not first <= visited_on <= today:
        raise VisitError(
            _(
                "The day of the visit must lie between the day before the planned "
                "day and today."
            )
        )


def _require_complete(items: list[ChecklistItem], seen: Mapping[int, Seen]) -> None:
    if {item.pk for item in items} != set(seen):
        raise VisitError(_("Answer every step before you send the visit."))


def _require_something_to_say(
    visit: TestVisit, items: list[ChecklistItem], seen: Mapping[int, Seen]
) -> None:
    lines = (
        SeenStep(item.step, item.is_critical, seen[item.pk].result) for item in items
    )
    if outcome_of(lines, AreaStandard.objects.steps_for(visit.premises.area)) is None:
        raise VisitError(
            _(
                "None of the steps that count could happen. Record the visit as not "
                "completed instead."
            )
        )


@transaction.atomic
def release_visit(*, visit: TestVisit, actor: User, now: datetime) -> TestVisit:
    """Compute the outcome and tell the premises: from now on the visit exists for them.

    Tasks, messages and the retest follow by the signal `visit_released`, in the same
    transaction. A second release changes nothing and sends nothing.

    :raises VisitError: when it was not submitted, or is in another officer's area.
    """
    visit = _locked(visit)
    _require_officer(actor, visit.premises)
    if visit.state == VisitState.RELEASED:
        return visit
    _require_move(visit, VisitState.RELEASED)
    standard = AreaStandard.objects.steps_for(visit.premises.area)
    outcome = outcome_of(seen_steps(visit), standard)
    if outcome is None:
        raise VisitError(
            _(
                "None of the steps that your area asks for could happen on this "
                "visit, so there is no result to release."
            )
        )
    visit.state = VisitState.RELEASED
    visit.released_at = now
    visit.outcome = outcome
    visit.standard = sorted(standard)
    visit.save(update_fields=["state", "released_at", "outcome", "standard"])
    record("visit.released", visit, actor=actor, outcome=str(outcome))
    signals.visit_released.send(TestVisit, visit=visit, now=now)
    return visit


def seen_steps(visit: TestVisit) -> list[SeenStep]:
    return [
        SeenStep(line.item.step, line.item.is_critical, line.result)
        for line in Observation.objects.of_visit(visit)
    ]


@transaction.atomic
def set_standard(*, area: Area, steps: Collection[Step], actor: User) -> None:
    """Say which steps an area asks for. Released results keep the one they had.

    :raises VisitError: when nothing is asked for, or the person does not lead here.
    """
    if not is_area_lead(actor) or not areas_of(actor).filter(pk=area.pk).exists():
        raise VisitError(_("Only the area lead sets what the area asks for."))
    if not steps:
        raise VisitError(_("Choose at least one step."))
    AreaStandard.objects.filter(area=area).exclude(step__in=steps).delete()
    AreaStandard.objects.bulk_create(
        (AreaStandard(area=area, step=step) for step in sorted(set(steps))),
        ignore_conflicts=True,
    )
    record("area.standard_set", area, actor=actor, steps=sorted(set(steps)))


def note_reads(*, visits: Iterable[TestVisit], reader: User) -> None:
    """Write into the audit trail who looked at visits that are not released."""
    covert = [visit for visit in visits if visit.state != VisitState.RELEASED]
    record_each("visit.read", covert, actor=reader)


def _locked(visit: TestVisit) -> TestVisit:
    """Read the visit again, held until this transaction ends."""
    return (
        TestVisit.objects.select_for_update(of=("self",))
        .select_related("premises__area")
        .get(pk=visit.pk)
    )


def _require_officer(actor: User, premises: Premises) -> None:
    here = areas_of(actor).filter(pk=premises.area_id)
    if not is_officer(actor) or not here.exists():
        raise VisitError(_("This visit belongs to the officers of another area."))


def _require_move(visit: TestVisit, state: VisitState) -> None:
    if not can_move(visit.state, state):
        raise VisitError(
            _("This is not possible any more. The visit is: %(state)s.")
            % {"state": VisitState(visit.state).label}
        )


def _require_planned(visit: TestVisit) -> None:
    _require_move(visit, VisitState.CANCELLED)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise VisitError(_("Give a reason, in a few words and without names."))
