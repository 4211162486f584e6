import datetime

import pytest

from core.models import AuditEvent
from partners.followups.enums import RetestState, TaskState
from partners.followups.models import FollowUpTask, Retest, TaskEvent
from partners.followups.services import mark_done, take_back_follow_ups, verify_task
from partners.visits.services import (
    Plan,
    VisitError,
    decide_challenge,
    plan_visit,
    raise_challenge,
)
from tests.factories.followups import GapRuleFactory, released
from tests.factories.visits import make_visit, second_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def gap(visit, officer, now):
    GapRuleFactory.create()
    return released(visit, officer=officer, now=now, asked="no")


def set_aside(visit, manager, now):
    challenge = raise_challenge(
        visit=visit, reason="The desk was closed.", manager=manager, now=now
    )
    decide_challenge(
        challenge=challenge,
        is_upheld=True,
        answer="You are right.",
        actor=second_officer(visit),
        now=now,
    )
    visit.refresh_from_db()


def test_an_upheld_challenge_ends_what_is_open(gap, manager, now):
    set_aside(gap, manager, now)

    task = FollowUpTask.objects.get()
    assert task.state == TaskState.WITHDRAWN
    assert task.closed_at == now
    assert task.events.latest("pk").from_state == TaskState.OPEN
    assert Retest.objects.get().state == RetestState.DROPPED
    assert Retest.objects.loops(now.date()) == []


def test_what_was_done_stays_done(gap, manager, officer, now):
    task = FollowUpTask.objects.get()
    mark_done(task=task, note="We spoke", evidence=None, actor=manager, now=now)
    verify_task(task=task, actor=officer, now=now)

    set_aside(gap, manager, now)

    assert FollowUpTask.objects.get().state == TaskState.VERIFIED


def test_taking_back_twice_does_it_once(gap, manager, now):
    set_aside(gap, manager, now)
    events = TaskEvent.objects.count()

    take_back_follow_ups(visit=gap, now=now)

    assert TaskEvent.objects.count() == events
    assert AuditEvent.objects.filter(verb="retest.dropped").count() == 1


def test_a_retest_whose_result_was_wrong_is_taken_again(
    gap, manager, premises, officer, now
):
    retest_visit = make_visit(
        premises=premises,
        tester=gap.tester,
        planned_by=officer,
        planned_on=datetime.date(2026, 11, 17),
        retest_of=gap,
    )
    released(retest_visit, officer=officer, now=now)
    assert Retest.objects.get().state == RetestState.PASSED

    set_aside(retest_visit, manager, now)

    retest = Retest.objects.get()
    assert retest.state == RetestState.OPEN
    assert retest.decided_by_visit is None
    assert list(Retest.objects.to_plan()) == [retest]


def test_what_counts_no_more_is_not_retested(gap, manager, officer, now):
    plan = Plan(
        scenario=gap.scenario,
        tester=gap.tester,
        planned_on=now.date() + datetime.timedelta(days=2),
        planned_time=datetime.time(20),
        shift=gap.shift,
        authorisation=gap.authorisation,
    )
    set_aside(gap, manager, now)

    with pytest.raises(VisitError, match="with a gap"):
        plan_visit(
            premises=gap.premises,
            plan=plan,
            actor=officer,
            today=now.date(),
            retest_of=gap,
        )
