import datetime

import pytest

from accounts.enums import Role
from core.models import AuditEvent
from outbox.models import Message
from partners.followups import services
from partners.followups.enums import RetestState, TaskOwner, TaskState
from partners.followups.models import FollowUpTask, Retest, TaskEvent, TaskEvidence
from partners.followups.services import FollowUpError
from partners.followups.validators import Evidence
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.followups import GapRuleFactory, released
from tests.factories.register import ManagerLinkFactory
from tests.factories.visits import TestVisitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(visit, officer, manager, now):
    GapRuleFactory.create(retest_from_days=20, retest_to_days=50)
    released(visit, officer=officer, now=now, asked="no")
    return FollowUpTask.objects.get()


def states(task):
    return list(
        TaskEvent.objects.filter(task=task)
        .order_by("pk")
        .values_list("from_state", "to_state", "note")
    )


def test_done_returned_done_verified(task, manager, officer, now):
    services.mark_done(task=task, note="Briefed 6", actor=manager, now=now)
    services.return_task(task=task, question="Nights too?", actor=officer, now=now)
    services.mark_done(task=task, note="Yes", actor=manager, now=now)
    services.verify_task(task=task, actor=officer, now=now)

    task.refresh_from_db()
    assert (task.state, task.closed_at) == (TaskState.VERIFIED, now)
    assert states(task) == [
        ("", "open", ""),
        ("open", "done", "Briefed 6"),
        ("done", "returned", "Nights too?"),
        ("returned", "done", "Yes"),
        ("done", "verified", ""),
    ]
    verbs = AuditEvent.objects.about(task).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        "task.opened",
        "task.done",
        "task.returned",
        "task.done",
        "task.verified",
    ]
    message = Message.objects.get(template="task_returned")
    assert message.recipient == manager
    assert "Nights too?" in message.body


def test_done_keeps_the_file_out_of_public_reach(task, manager, now, settings):
    evidence = Evidence(b"%PDF-1.7 x", "application/pdf", ".pdf")

    services.mark_done(
        task=task, note="See file", evidence=evidence, actor=manager, now=now
    )

    kept = TaskEvidence.objects.get()
    assert kept.event.to_state == "done"
    assert kept.file.read() == b"%PDF-1.7 x"
    assert not kept.file.path.startswith(str(settings.MEDIA_ROOT))
    kept.file.close()
    kept.file.delete(save=False)


def test_done_refuses_without_a_note_and_by_strangers(task, officer, manager, now):
    other = ManagerLinkFactory.create().user

    with pytest.raises(FollowUpError, match="closed without evidence"):
        services.mark_done(task=task, note="  ", actor=manager, now=now)
    for person in (other, officer):
        with pytest.raises(FollowUpError, match="belongs to the managers"):
            services.mark_done(task=task, note="Done", actor=person, now=now)

    assert states(task) == [("", "open", "")]


def test_verify_and_return_refuse_strangers_and_wrong_states(
    task, manager, officer, now
):
    elsewhere = UserFactory.create(roles=[Role.OFFICER], areas=[AreaFactory.create()])

    with pytest.raises(FollowUpError, match="Only a task that is marked as done"):
        services.verify_task(task=task, actor=officer, now=now)
    with pytest.raises(FollowUpError, match="not possible any more"):
        services.return_task(task=task, question="Why?", actor=officer, now=now)
    services.mark_done(task=task, note="Briefed", actor=manager, now=now)
    with pytest.raises(FollowUpError, match="Write the question"):
        services.return_task(task=task, question=" ", actor=officer, now=now)
    for person in (elsewhere, manager):
        with pytest.raises(FollowUpError, match="officers of another area"):
            services.verify_task(task=task, actor=person, now=now)
        with pytest.raises(FollowUpError, match="officers of another area"):
            services.return_task(task=task, question="Why?", actor=person, now=now)

    task.refresh_from_db()
    assert task.state == TaskState.DONE


def test_officers_task_is_done_by_the_officer(visit, officer, manager, now):
    GapRuleFactory.create(owner=TaskOwner.OFFICER)
    released(visit, officer=officer, now=now, asked="no")
    task = FollowUpTask.objects.get()

    with pytest.raises(FollowUpError, match="officers of another area"):
        services.mark_done(task=task, note="Met", actor=manager, now=now)
    services.mark_done(task=task, note="Met on 20 November", actor=officer, now=now)
    services.verify_task(task=task, actor=officer, now=now)

    task.refresh_from_db()
    assert task.state == TaskState.VERIFIED


def test_last_verified_task_opens_the_window_and_tells_the_officer(
    visit, officer, manager, now
):
    GapRuleFactory.create(retest_from_days=20, retest_to_days=90)
    GapRuleFactory.create(retest_from_days=30, retest_to_days=60)
    released(visit, officer=officer, now=now, asked="no")
    first, second = FollowUpTask.objects.order_by("pk")
    for task in (first, second):
        services.mark_done(task=task, note="Briefed", actor=manager, now=now)

    services.verify_task(task=first, actor=officer, now=now)
    assert Retest.objects.get().state == RetestState.WAITING
    services.verify_task(task=second, actor=officer, now=now)

    retest = Retest.objects.get()
    assert retest.state == RetestState.OPEN
    assert retest.opens_on == datetime.date(2026, 12, 18)
    assert retest.closes_on == datetime.date(2027, 2, 16)
    message = Message.objects.get(template="retest_window_open")
    assert (message.recipient, message.is_secret) == (officer, True)
    assert f"/cms/visits/{visit.key}/" in message.body
    assert visit.premises.name not in message.body
    assert AuditEvent.objects.about(retest).filter(verb="retest.opened").count() == 1


def test_every_officer_is_told_when_the_one_in_charge_left(
    task, visit, officer, manager, area, now
):
    colleague = UserFactory.create(roles=[Role.OFFICER], areas=[area])
    services.mark_done(task=task, note="Briefed", actor=manager, now=now)
    officer.is_active = False
    officer.save(update_fields=["is_active"])

    services.verify_task(task=task, actor=colleague, now=now)

    visit.refresh_from_db()
    told = Message.objects.filter(template="retest_window_open")
    assert {message.recipient for message in told} == {colleague, visit.checked_by}


def retest_of(visit, officer, day):
    version = visit.checklist_version
    return make_retest(visit, officer, version, day)


def make_retest(visit, officer, version, day):
    return TestVisitFactory.create(
        premises=visit.premises,
        scenario=version.scenario,
        checklist_version=version,
        tester=visit.tester,
        planned_by=officer,
        planned_on=day,
        retest_of=visit,
    )


def test_retest_with_a_good_outcome_closes_the_loop(task, visit, officer, now):
    later = now + datetime.timedelta(days=40)
    again = retest_of(visit, officer, later.date())

    released(again, officer=officer, now=later)

    retest = Retest.objects.get()
    assert retest.state == RetestState.PASSED
    assert retest.closed_on == later.date()
    assert retest.decided_by_visit == again
    loops = Retest.objects.loops(later.date())
    assert loops == [(datetime.date(2026, 11, 17), later.date())]
    assert Retest.objects.loops(now.date()) == [(datetime.date(2026, 11, 17), None)]


def test_retest_with_a_gap_carries_the_loop_on(task, visit, officer, now):
    later = now + datetime.timedelta(days=40)
    last = now + datetime.timedelta(days=80)
    again = retest_of(visit, officer, later.date())
    released(again, officer=officer, now=later, asked="no")
    first = Retest.objects.get(gap_visit=visit)
    assert (first.state, first.closed_on) == (RetestState.GAP_AGAIN, None)
    assert FollowUpTask.objects.filter(visit=again).count() == 1
    assert Retest.objects.get(gap_visit=again).state == RetestState.WAITING
    assert Retest.objects.loops(later.date()) == [(datetime.date(2026, 11, 17), None)]

    released(retest_of(again, officer, last.date()), officer=officer, now=last)

    assert Retest.objects.loops(last.date()) == [
        (datetime.date(2026, 11, 17), last.date())
    ]


def test_overdue_task_is_reminded_once(task, manager, now):
    # Ten working days are fourteen by the calendar.
    before = now + datetime.timedelta(days=14)
    after = now + datetime.timedelta(days=15)

    assert services.remind_overdue_tasks(now=before) == 0
    assert services.remind_overdue_tasks(now=after) == 1
    assert services.remind_overdue_tasks(now=after) == 0

    message = Message.objects.get(template="task_overdue")
    assert message.recipient == manager
    assert message.subject == f"A next step is past its day: {task.title}"
    assert AuditEvent.objects.filter(verb="task.reminded").count() == 1


def test_done_task_is_not_reminded(task, manager, now):
    services.mark_done(task=task, note="Briefed", actor=manager, now=now)

    late = now + datetime.timedelta(days=30)

    assert services.remind_overdue_tasks(now=late) == 0


def test_open_and_overdue_of_a_past_day(task, manager, officer, now):
    closed = now + datetime.timedelta(days=20)
    services.mark_done(task=task, note="Briefed", actor=manager, now=closed)
    services.verify_task(task=task, actor=officer, now=closed)

    def counts(days):
        day = now.date() + datetime.timedelta(days=days)
        tasks = FollowUpTask.objects
        return tasks.open_on(day).count(), tasks.overdue_on(day).count()

    assert [counts(days) for days in (-1, 0, 14, 15, 19, 20)] == [
        (0, 0),
        (1, 0),
        (1, 0),
        (1, 1),
        (1, 1),
        (0, 0),
    ]
