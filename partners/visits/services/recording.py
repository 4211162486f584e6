from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from core.shortcodes import new_code
from partners.visits.enums import Result, VisitState
from partners.visits.models import (
    AreaStandard,
    ChecklistItem,
    Observation,
    TestVisit,
)
from partners.visits.rules import SeenStep, outcome_of
from partners.visits.services.gates import VisitError, locked, require_move

RECEIPT_LENGTH = 8


class Seen(NamedTuple):
    """What the tester saw of one checklist item, and after how many seconds."""

    result: Result
    seconds: int | None = None


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

    A visit sent twice changes nothing and gives the same receipt. One that an officer
    gave back is sent anew: its lines are added, and the receipt is another.

    :raises VisitError: when it is not the tester's, is over, or not complete.
    """
    visit = locked(visit)
    if visit.tester_id != tester.pk:
        raise VisitError(_("This visit was given to someone else."))
    if not visit.brief_read_at:
        raise VisitError(_("Read the brief first, and say so."))
    if visit.receipt and visit.state != VisitState.RETURNED:
        return visit.receipt
    require_move(visit, VisitState.SUBMITTED)
    _require_visit_day(visit, visited_on, today=timezone.localdate(now))
    items = list(ChecklistItem.objects.filter(version=visit.checklist_version_id))
    _require_complete(items, seen)
    _require_something_to_say(visit, items, seen)
    visit.revision += 1
    Observation.objects.bulk_create(
        Observation(
            visit=visit,
            item=item,
            revision=visit.revision,
            result=seen[item.pk].result,
            seconds=seen[item.pk].seconds,
        )
        for item in items
    )
    visit.state = VisitState.SUBMITTED
    visit.visited_on = visited_on
    visit.submitted_at = now
    visit.receipt = new_code(RECEIPT_LENGTH)
    visit.save(
        update_fields=["state", "visited_on", "submitted_at", "receipt", "revision"]
    )
    record("visit.submitted", visit, actor=tester, revision=visit.revision)
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
