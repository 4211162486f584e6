from datetime import datetime

from django.db import transaction

from core.audit import record
from partners.followups.enums import RetestState, TaskState
from partners.followups.models import FollowUpTask, Retest
from partners.followups.services.moves import locked, move
from partners.visits.models import TestVisit

JOB = "followups.setting_aside"


@transaction.atomic
def take_back_follow_ups(*, visit: TestVisit, now: datetime) -> None:
    """End what is still open after a result that counts no more; once.

    Tasks that were done stay done. The retest that was to follow is dropped; one that
    this very visit decided is to be taken again.
    """
    for task in FollowUpTask.objects.filter(visit=visit).unfinished().order_by("pk"):
        move(locked(task), to=TaskState.WITHDRAWN, now=now, job=JOB)
    expected = Retest.objects.select_for_update().filter(
        gap_visit=visit, state__in=[RetestState.WAITING, RetestState.OPEN]
    )
    for retest in expected:
        retest.state = RetestState.DROPPED
        retest.save(update_fields=["state"])
        record("retest.dropped", retest, job=JOB, visit=visit.pk)
    decided = Retest.objects.select_for_update().filter(decided_by_visit=visit)
    for retest in decided:
        retest.state = RetestState.OPEN
        retest.decided_by_visit = None
        retest.closed_on = None
        retest.save(update_fields=["state", "decided_by_visit", "closed_on"])
        record("retest.opened", retest, job=JOB, visit=visit.pk)
