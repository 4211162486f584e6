from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditEvent
from core.shortcodes import new_code
from partners.register.models import StaffMember
from partners.training.enums import AttendanceBy
from partners.training.models import Attendance, SessionCodeTries, TrainingSession
from partners.training.services import (
    SessionCodesLockedError,
    SessionCodeWrongError,
    SessionFullError,
    SessionMovedOnError,
    SessionNotForYouError,
    TrainingError,
    mark_people,
    people_of_session,
    sign_in_to_session,
)
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.register import (
    ManagerLinkFactory,
    PremisesFactory,
    SpellFactory,
    StaffMemberFactory,
)
from tests.factories.training import AttendanceFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(area) -> TrainingSession:
    return TrainingSessionFactory.create(area=area, opened=True)


@pytest.fixture
def come(desk, now) -> Callable[..., Attendance]:
    def sign_in(code: str, *, spell=desk.spell, at=now) -> Attendance:
        return sign_in_to_session(
            code=code, staff_member=spell.staff_member, premises=spell.premises, now=at
        )

    return sign_in


def others_code(session: TrainingSession) -> str:
    """Return a code that is well formed and belongs to no session."""
    code = new_code(6)
    while code == session.code:
        code = new_code(6)
    return code


def test_code_puts_a_person_on_the_list_once(session, desk, come, now):
    attendance = come(f" {session.code.lower()} ")
    again = come(session.code)

    assert again == attendance
    assert Attendance.objects.get() == attendance
    assert (attendance.spell, attendance.by) == (desk.spell, AttendanceBy.CODE)
    [event] = AuditEvent.objects.about(attendance)
    assert (event.verb, event.facts) == (
        "attendance.recorded",
        {"session": session.pk, "by": "code"},
    )


def test_person_comes_as_of_the_workplace_signed_in_at(session, desk, come, area):
    other = SpellFactory.create(
        premises__area=area, staff_member=StaffMemberFactory.create()
    )
    second = SpellFactory.create(
        premises=PremisesFactory.create(area=area), staff_member=other.staff_member
    )

    attendance = come(session.code, spell=second)

    assert attendance.spell == second


def test_code_of_a_force_is_for_its_districts(desk, come, area):
    force = AreaFactory.create(kind="force")
    area.parent = force
    area.save(update_fields=["parent"])
    session = TrainingSessionFactory.create(area=force, opened=True)

    assert come(session.code).session == session


@pytest.mark.parametrize("state", ("planned", "closed", "cancelled"))
def test_code_works_while_the_session_is_open_only(state, area, come, now):
    times = {
        "planned": {},
        "closed": {"opened_at": now, "closed_at": now},
        "cancelled": {"state_reason": "Flooded."},
    }[state]
    session = TrainingSessionFactory.create(area=area, state=state, **times)

    with pytest.raises(SessionCodeWrongError):
        come(session.code)

    assert not Attendance.objects.exists()


@pytest.mark.parametrize("days", (-1, 1))
def test_code_works_on_the_day_only(days, session, come, now):
    with pytest.raises(SessionCodeWrongError):
        come(session.code, at=now + timedelta(days=days))


def test_people_of_other_premises_are_not_for_it(desk, come, area):
    session = TrainingSessionFactory.create(
        at=PremisesFactory.create(area=area), opened=True
    )

    with pytest.raises(SessionNotForYouError):
        come(session.code)


def test_people_of_another_area_are_not_for_it(come):
    session = TrainingSessionFactory.create(area=AreaFactory.create(), opened=True)

    with pytest.raises(SessionNotForYouError):
        come(session.code)


def test_who_is_not_in_post_on_the_day_is_not_for_it(session, desk, come):
    desk.spell.ended_on = date(2026, 11, 17)
    desk.spell.save(update_fields=["ended_on"])

    with pytest.raises(SessionNotForYouError):
        come(session.code)


def test_code_stops_at_the_number_there_is_room_for(session, come, area):
    session.capacity = 1
    session.save(update_fields=["capacity"])
    first = SpellFactory.create(premises__area=area)
    come(session.code, spell=first)

    with pytest.raises(SessionFullError):
        come(session.code)

    assert come(session.code, spell=first).staff_member == first.staff_member


def test_five_wrong_codes_lock_for_half_an_hour(session, desk, come, now):
    wrong = others_code(session)
    for _ in range(4):
        with pytest.raises(SessionCodeWrongError):
            come(wrong)

    with pytest.raises(SessionCodesLockedError):
        come(wrong)
    with pytest.raises(SessionCodesLockedError):
        come(session.code, at=now + timedelta(minutes=29))

    tries = SessionCodeTries.objects.get()
    assert AuditEvent.objects.about(tries).get().verb == "sessioncodes.locked"
    assert come(session.code, at=now + timedelta(minutes=30)).session == session


def test_wrong_codes_of_one_person_lock_nobody_else(session, come, area):
    for _ in range(5):
        with pytest.raises((SessionCodeWrongError, SessionCodesLockedError)):
            come(others_code(session))

    other = SpellFactory.create(premises__area=area)

    assert come(session.code, spell=other).session == session


def test_right_code_forgets_the_wrong_ones(session, come):
    for _ in range(4):
        with pytest.raises(SessionCodeWrongError):
            come(others_code(session))
    come(session.code)

    with pytest.raises(SessionCodeWrongError):
        come(others_code(session))


def test_slip_of_the_finger_is_not_counted(session, come):
    mistyped = session.code[:-1] + ("0" if session.code[-1] != "0" else "1")

    for _ in range(6):
        with pytest.raises(SessionCodeWrongError):
            come(mistyped)

    assert SessionCodeTries.objects.get().wrong == 0


def test_list_holds_who_is_in_post_on_the_day_each_once(session, desk):
    house = desk.premises
    SpellFactory.create(premises=house, staff_member=desk.person, role="bar")
    SpellFactory.create(premises=house, ended_on=date(2026, 11, 17))
    SpellFactory.create(premises=house, started_on=date(2026, 11, 19))
    SpellFactory.create(
        premises=house, staff_member=StaffMemberFactory.create(name="Of the seller")
    )

    assert people_of_session(session, house) == {desk.person.pk: desk.spell}


def mark(session, desk, now, *, came=(), not_there=(), actor=None, note=""):
    mark_people(
        session=session,
        premises=desk.premises,
        came=came,
        not_there=not_there,
        actor=actor or desk.manager,
        now=now,
        note=note,
    )


def present(session: TrainingSession) -> list[StaffMember]:
    standing = Attendance.objects.standing().filter(session=session)
    return [row.staff_member for row in standing.order_by("pk")]


def test_list_ticks_and_takes_back_and_ticks_again(session, desk, now):
    for came, not_there, there in (
        ([desk.person.pk], [], [desk.person]),
        ([desk.person.pk], [], [desk.person]),
        ([], [desk.person.pk], []),
        ([desk.person.pk], [], [desk.person]),
    ):
        mark(session, desk, now, came=came, not_there=not_there)

        assert present(session) == there

    rows = Attendance.objects.order_by("pk")
    assert list(rows.values_list("turn", "is_present", "by", "recorded_by")) == [
        (1, True, "list", desk.manager.pk),
        (1, False, "list", desk.manager.pk),
        (2, True, "list", desk.manager.pk),
    ]


def test_list_leaves_alone_who_signed_in_meanwhile(session, desk, come, now):
    """The form was drawn before: nobody said that this person was not there."""
    come(session.code)

    mark(session, desk, now)

    assert present(session) == [desk.person]


def test_list_ticks_people_of_the_premises_only(session, desk, now, area):
    stranger = SpellFactory.create(premises__area=area)

    mark(session, desk, now, came=[stranger.staff_member_id])

    assert present(session) == []


def test_list_may_hold_more_than_there_is_room_for(session, desk, now, area):
    session.capacity = 1
    session.save(update_fields=["capacity"])
    AttendanceFactory.create(
        session=session, spell=SpellFactory.create(premises__area=area)
    )

    mark(session, desk, now, came=[desk.person.pk])

    assert desk.person in present(session)


def test_who_may_tick_people(session, desk, officer, now):
    house = desk.premises
    persons = {
        "manager": desk.manager,
        "officer": officer,
        "ex-manager": ManagerLinkFactory.create(premises=house, ended_at=now).user,
        "manager elsewhere": ManagerLinkFactory.create().user,
        "officer of another area": UserFactory.create(
            roles=["officer"], areas=[AreaFactory.create()]
        ),
    }

    may = []
    for name, person in persons.items():
        try:
            mark(session, desk, now, actor=person)
        except TrainingError:
            continue
        may.append(name)

    assert may == ["manager", "officer"]


def test_list_of_a_session_for_others_is_not_kept_here(desk, officer, now, area):
    other = PremisesFactory.create(area=area)
    session = TrainingSessionFactory.create(at=other, opened=True)

    with pytest.raises(TrainingError, match="kept by others"):
        mark(session, desk, now, came=[desk.person.pk], actor=officer)


def test_planned_session_has_no_list_yet(area, desk, now):
    session = TrainingSessionFactory.create(area=area)

    with pytest.raises(SessionMovedOnError):
        mark(session, desk, now, came=[desk.person.pk])


@pytest.mark.parametrize(
    "again", ({}, {"turn": 0}, {"turn": 2, "by": "list"}, {"turn": 2, "by": "nod"})
)
def test_database_refuses_a_second_row_of_a_turn(again, session, desk):
    AttendanceFactory.create(session=session, spell=desk.spell)

    with pytest.raises(IntegrityError), transaction.atomic():
        AttendanceFactory.create(session=session, spell=desk.spell, **again)


def test_attendance_is_history(session, desk):
    row = AttendanceFactory.create(session=session, spell=desk.spell)

    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(pk=row.pk).update(is_present=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(pk=row.pk).delete()
