from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.scoping import officers_for
from core.audit import record
from outbox.services import queue_message
from partners.followups.enums import RetestState
from partners.followups.models import FollowUpTask, GapRule, Retest
from partners.followups.services.messages import full_address
from partners.visits.enums import Outcome
from partners.visits.models import TestVisit

JOB = "followups.retests"


def open_retest_when_finished(*, visit: TestVisit, now: datetime) -> None:
    """Open the retest window of a visit once the last of its tasks is closed."""
    if not FollowUpTask.objects.filter(visit=visit).unfinished().exists():
        open_retest_window(visit=visit, now=now)


@transaction.atomic
def open_retest_window(*, visit: TestVisit, now: datetime) -> None:
    """Open the window for the blind retest and tell the officer; once.

    It runs from the longest wait any rule of the visit's tasks asks for to the latest
    end any of them allows, counted from today. Managers are told nothing of it.
    """
    retest = Retest.objects.select_for_update().filter(gap_visit=visit).first()
    if retest is None or retest.state != RetestState.WAITING:
        return
    window = GapRule.objects.filter(
        pk__in=FollowUpTask.objects.filter(visit=visit).values("rule")
    ).aggregate(opens=Max("retest_from_days"), closes=Max("retest_to_days"))
    today = timezone.localdate(now)
    without_rules = GapRule()
    retest.opens_on = today + timedelta(
        days=window["opens"] or without_rules.retest_from_days
    )
    retest.closes_on = today + timedelta(
        days=window["closes"] or without_rules.retest_to_days
    )
    retest.state = RetestState.OPEN
    retest.save(update_fields=["state", "opens_on", "closes_on"])
    record("retest.opened", retest, job=JOB, visit=visit.pk)
    _tell_officers(visit, now)


def _tell_officers(visit: TestVisit, now: datetime) -> None:
    address = full_address(("visits_admin:detail", (visit.key,)))
    for officer in officers_for(visit.premises.area, first=visit.planned_by):
        queue_message(
            dedupe_key=f"retest-open:{visit.key}:user:{officer.pk}",
            template="retest_window_open",
            context={"name": officer.name, "address": address},
            recipient=officer,
            area=visit.premises.area,
            # That a retest is to come is covert, also for readers of the outbox.
            is_secret=True,
            now=now,
        )


@transaction.atomic
def decide_retest(*, visit: TestVisit, now: datetime) -> None:
    """Note what a released retest says about the gap it followed; once."""
    retest = (
        Retest.objects.select_for_update()
        .filter(gap_visit=visit.retest_of_id, decided_by_visit__isnull=True)
        .first()
    )
    if retest is None:
        return
    is_passed = visit.outcome == Outcome.GOOD
    retest.state = RetestState.PASSED if is_passed else RetestState.GAP_AGAIN
    retest.decided_by_visit = visit
    retest.closed_on = visit.visited_on if is_passed else None
    # A retest may be taken before the window opened by itself.
    retest.opens_on = retest.opens_on or visit.visited_on
    retest.closes_on = retest.closes_on or visit.visited_on
    retest.save()
    record(f"retest.{retest.state}", retest, job=JOB, visit=visit.pk)
