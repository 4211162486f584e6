"""A second officer looks at each visit. Nothing is accepted because time passed."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.audit import record
from partners.visits.enums import VisitState
from partners.visits.models import TestVisit
from partners.visits.services.gates import (
    locked,
    require_move,
    require_officer,
    require_reason,
    require_second_officer,
)


@transaction.atomic
def check_visit(*, visit: TestVisit, actor: User, now: datetime) -> None:
    """Find a visit in order, so that it may be released. A second time does nothing.

    :raises VisitError: when it was not sent in, or the person is not a second officer.
    """
    visit = locked(visit)
    require_second_officer(actor, visit)
    if visit.state == VisitState.CHECKED:
        return
    require_move(visit, VisitState.CHECKED)
    visit.state = VisitState.CHECKED
    visit.state_reason = ""
    visit.checked_by = actor
    visit.checked_at = now
    visit.save(update_fields=["state", "state_reason", "checked_by", "checked_at"])
    record("visit.checked", visit, actor=actor, revision=visit.revision)


@transaction.atomic
def return_visit(*, visit: TestVisit, reason: str, actor: User) -> None:
    """Give a visit back to its tester with a question. What was sent stays known.

    :raises VisitError: when it was not sent in or is released, or no reason is given.
    """
    visit = locked(visit)
    require_officer(actor, visit.premises)
    require_move(visit, VisitState.RETURNED)
    require_reason(reason)
    visit.state = VisitState.RETURNED
    visit.state_reason = reason.strip()
    visit.checked_by = None
    visit.checked_at = None
    visit.save(update_fields=["state", "state_reason", "checked_by", "checked_at"])
    record("visit.returned", visit, actor=actor, revision=visit.revision)
