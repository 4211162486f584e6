from datetime import date, timedelta
from itertools import count

import pytest
from django.db import IntegrityError, connection, transaction

from core.models import AuditEvent
from outbox.models import Message
from partners.training.coverage import coverage_by_premises
from partners.training.enums import SessionState
from partners.training.models import (
    Attendance,
    Completion,
    CompletionWithdrawal,
    CoverageCorrection,
    TrainingSession,
)
from partners.training.services import (
    SessionMovedOnError,
    TrainingError,
    cancel_session,
    close_session,
    complete_attendance,
    mark_people,
)
from tests.factories.register import SpellFactory
from tests.factories.training import AttendanceFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 18)


@pytest.fixture
def session(area, desk) -> TrainingSession:
    """Return an open session on what the desk requires; its worker has signed in."""
    session = TrainingSessionFactory.create(
        area=area, version=desk.version, opened=True
    )
    AttendanceFactory.create(session=session, spell=desk.spell)
    return session


@pytest.fixture
def closed(session: TrainingSession, officer, now) -> TrainingSession:
    close_session(session=session, actor=officer, now=now)
    session.refresh_from_db()
    return session


@pytest.fixture
def correct(closed, desk, officer, now):
    def mark(*, came=(), not_there=(), note="Misread the sheet.", at=now, actor=None):
        mark_people(
            session=closed,
            premises=desk.premises,
            came=came,
            not_there=not_there,
            actor=actor or officer,
            now=at,
            note=note,
        )

    return mark


def covered(desk, day=DAY) -> int:
    counted = coverage_by_premises(day=day, premises=[desk.premises])
    return counted[desk.premises.pk].covered


def test_closing_completes_the_module_for_everybody_there(session, desk, officer, now):
    other = SpellFactory.create(premises=desk.premises)
    AttendanceFactory.create(session=session, spell=other)
    SpellFactory.create(premises=desk.premises)

    number = close_session(session=session, actor=officer, now=now)

    assert number == 2
    session.refresh_from_db()
    assert (session.state, session.closed_at) == (SessionState.CLOSED, now)
    completions = Completion.objects.order_by("pk")
    assert [
        (one.staff_member, one.module, one.valid_from, one.valid_until, one.attempt)
        for one in completions
    ] == [
        (person, desk.version.module, DAY, date(2027, 11, 18), None)
        for person in (desk.person, other.staff_member)
    ]
    assert covered(desk) == 2
    event = AuditEvent.objects.about(session).get(verb="session.closed")
    assert (event.actor, event.facts) == (officer, {"completions": 2})
    assert AuditEvent.objects.about(completions[0]).get().verb == "completion.recorded"


def test_completion_counts_from_the_day_of_the_session(session, desk, officer, now):
    close_session(session=session, actor=officer, now=now + timedelta(days=2))

    completion = Completion.objects.get()
    correction = CoverageCorrection.objects.latest("pk")
    assert completion.valid_from == DAY
    assert (correction.premises, correction.first_day) == (desk.premises, DAY)


def test_who_was_taken_back_completes_nothing(session, desk, officer, now):
    other = SpellFactory.create(premises=desk.premises)
    AttendanceFactory.create(session=session, spell=other)
    mark_people(
        session=session,
        premises=desk.premises,
        came=[],
        not_there=[desk.person.pk],
        actor=officer,
        now=now,
    )

    close_session(session=session, actor=officer, now=now)

    assert Completion.objects.get().staff_member == other.staff_member


def test_closing_twice_is_closing_once(closed, officer, now):
    again = close_session(session=closed, actor=officer, now=now + timedelta(hours=1))

    assert again == 0
    closed.refresh_from_db()
    assert closed.closed_at == now
    assert Completion.objects.count() == 1
    assert AuditEvent.objects.filter(verb="session.closed").count() == 1


def test_closing_that_dies_at_any_statement_leaves_it_open_and_can_be_done_again(
    session, desk, officer, now
):
    """Killed before its first statement, its second, and so on until it lives."""
    AttendanceFactory.create(
        session=session, spell=SpellFactory.create(premises=desk.premises)
    )
    left = set()
    died = 0
    while not _closes_before_statement(died + 1, session, officer, now):
        died += 1
        state = TrainingSession.objects.get(pk=session.pk).state
        left.add(
            (state, Completion.objects.count(), CoverageCorrection.objects.count())
        )

    assert died > 10
    assert left == {(SessionState.OPEN, 0, 0)}
    session.refresh_from_db()
    assert session.state == SessionState.CLOSED
    assert Completion.objects.count() == 2


class _DiedError(Exception):
    pass


def _closes_before_statement(last: int, session, officer, now) -> bool:
    """Close the session in a transaction that ends before its `last` statement."""
    statements = count(1)

    def die(execute, *arguments):
        if next(statements) == last:
            raise _DiedError
        return execute(*arguments)

    try:
        with transaction.atomic(), connection.execute_wrapper(die):
            close_session(session=session, actor=officer, now=now)
    except _DiedError:
        return False
    return True


def test_attendance_is_worth_one_completion(closed, now):
    attendance = Attendance.objects.get()

    again = complete_attendance(attendance=attendance, now=now)

    assert Completion.objects.get() == again
    with pytest.raises(IntegrityError), transaction.atomic():
        Completion.objects.create(
            staff_member=attendance.staff_member,
            module=again.module,
            attendance=attendance,
            valid_from=DAY,
            valid_until=DAY,
        )


def test_completion_has_an_origin(desk):
    with pytest.raises(IntegrityError), transaction.atomic():
        Completion.objects.create(
            staff_member=desk.person,
            module=desk.version.module,
            valid_from=DAY,
            valid_until=DAY,
        )


def test_session_that_has_not_begun_is_not_closed(session, officer):
    before = session.starts_at - timedelta(minutes=1)

    with pytest.raises(TrainingError, match="not begun"):
        close_session(session=session, actor=officer, now=before)


def test_session_with_nobody_is_not_closed(area, officer, now):
    empty = TrainingSessionFactory.create(area=area, opened=True)

    with pytest.raises(TrainingError, match="Nobody is on the list"):
        close_session(session=empty, actor=officer, now=now)


def test_planned_or_cancelled_session_is_not_closed(session, area, officer, now):
    planned = TrainingSessionFactory.create(area=area)
    cancel_session(session=session, reason="Flooded.", actor=officer)

    for one in (planned, session):
        with pytest.raises(SessionMovedOnError):
            close_session(session=one, actor=officer, now=now)

    assert not Completion.objects.exists()


def test_manager_does_not_close_a_session_of_the_area(session, desk, now):
    with pytest.raises(TrainingError, match="run by others"):
        close_session(session=session, actor=desk.manager, now=now)


def test_manager_closes_a_session_of_the_own_premises(desk, now):
    session = TrainingSessionFactory.create(
        at=desk.premises, version=desk.version, opened=True
    )
    AttendanceFactory.create(session=session, spell=desk.spell)

    assert close_session(session=session, actor=desk.manager, now=now) == 1


def test_certificate_is_sent_to_who_was_there(session, desk, officer, now, run_jobs):
    desk.person.email = "ana@hotel.example"
    desk.person.save(update_fields=["email"])

    close_session(session=session, actor=officer, now=now)
    run_jobs()

    completion = Completion.objects.get()
    [message] = Message.objects.filter(template="certificate")
    assert message.dedupe_key == f"certificate:{completion.certificate_code}"


def test_early_renewal_loses_no_time(session, desk, officer, now):
    """The same rule as for an attempt: the new months count from the old end."""
    requirement = desk.version.module.requirements.get()
    requirement.window_days = 30
    requirement.save(update_fields=["window_days"])
    earlier = TrainingSessionFactory.create(version=desk.version, opened=True)
    Completion.objects.create(
        staff_member=desk.person,
        module=desk.version.module,
        attendance=AttendanceFactory.create(session=earlier, spell=desk.spell),
        valid_from=date(2025, 12, 1),
        valid_until=date(2026, 12, 1),
    )

    close_session(session=session, actor=officer, now=now)

    assert Completion.objects.latest("pk").valid_until == date(2027, 12, 1)


def test_correction_after_closing_adds_somebody_with_a_note(
    closed, desk, correct, officer, now
):
    late = SpellFactory.create(premises=desk.premises)

    with pytest.raises(TrainingError, match="say in a few words"):
        correct(came=[late.staff_member_id], note=" ")
    correct(came=[late.staff_member_id], at=now + timedelta(days=14))

    row = Attendance.objects.get(staff_member=late.staff_member)
    assert (row.note, row.recorded_by) == ("Misread the sheet.", officer)
    assert row.completion.valid_from == DAY
    assert covered(desk) == 2


def test_nobody_is_added_after_a_fortnight(desk, correct, now):
    late = SpellFactory.create(premises=desk.premises)

    with pytest.raises(TrainingError, match="until 14 days"):
        correct(came=[late.staff_member_id], at=now + timedelta(days=15))

    assert Completion.objects.count() == 1


def test_taking_back_after_closing_withdraws_the_completion(
    closed, desk, correct, officer, now
):
    before = covered(desk)
    long_after = now + timedelta(days=60)

    correct(not_there=[desk.person.pk], at=long_after)

    completion = Completion.objects.get()
    withdrawal = CompletionWithdrawal.objects.get()
    assert (withdrawal.completion, withdrawal.at) == (completion, long_after)
    assert withdrawal.taken_back_by.note == "Misread the sheet."
    assert not Completion.objects.standing().exists()
    assert (before, covered(desk)) == (1, 0)
    event = AuditEvent.objects.about(completion).get(verb="completion.withdrawn")
    assert event.actor == officer
    correction = CoverageCorrection.objects.latest("pk")
    assert (correction.premises, correction.first_day) == (desk.premises, DAY)


def test_who_is_put_back_after_closing_gets_another_completion(closed, desk, correct):
    correct(not_there=[desk.person.pk])
    correct(came=[desk.person.pk])

    first, second = Completion.objects.order_by("pk")
    assert list(Completion.objects.standing()) == [second]
    assert first.certificate_code != second.certificate_code
    assert covered(desk) == 1
    assert Attendance.objects.count() == 3


def test_withdrawn_completion_lengthens_no_later_one(closed, desk, correct, now):
    correct(not_there=[desk.person.pk])
    requirement = desk.version.module.requirements.get()
    requirement.window_days = 365
    requirement.save(update_fields=["window_days"])

    correct(came=[desk.person.pk])

    assert Completion.objects.latest("pk").valid_until == date(2027, 11, 18)


def test_correction_that_changes_nothing_needs_no_note(closed, desk, correct):
    correct(came=[desk.person.pk], note="")

    assert Attendance.objects.count() == 1


def test_manager_does_not_correct_a_closed_session_of_the_area(desk, correct):
    with pytest.raises(TrainingError, match="kept by others"):
        correct(not_there=[desk.person.pk], actor=desk.manager)

    assert not CompletionWithdrawal.objects.exists()
