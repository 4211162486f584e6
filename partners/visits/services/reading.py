from collections.abc import Iterable

from accounts.models import User
from core.audit import record_each
from partners.visits.enums import VisitState
from partners.visits.models import TestVisit


def note_reads(*, visits: Iterable[TestVisit], reader: User) -> None:
    """Write into the audit trail who looked at visits that are not released."""
    covert = [visit for visit in visits if visit.state != VisitState.RELEASED]
    record_each("visit.read", covert, actor=reader)
