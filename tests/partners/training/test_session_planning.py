from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from core.models import AuditEvent
from core.shortcodes import is_well_formed
from partners.register.enums import PremisesState
from partners.training.enums import SessionState
from partners.training.models import TrainingSession
from partners.training.services import (
    SessionMovedOnError,
    SessionPlan,
    TrainingError,
    cancel_session,
    change_session,
    open_session,
    plan_session,
    renew_session_code,
    user_can_run_session,
)
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.learning import ModuleFactory, ModuleVersionFactory
from tests.factories.register import ManagerLinkFactory, PremisesFactory
from tests.factories.training import TrainingSessionFactory

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def plan(area, desk) -> SessionPlan:
    return SessionPlan(
        module=desk.version.module,
        area=area,
        is_for_area=True,
        premises=None,
        place="Town hall, Ashbeck",
        starts_at=TEN,
        ends_at=TEN + timedelta(hours=1),
        led_by=" Ashbeck ISVA service ",
        language="en",
        capacity=20,
    )


@pytest.fixture
def own_plan(plan: SessionPlan, desk) -> SessionPlan:
    return replace(plan, premises=desk.premises, place="", is_for_area=False)


def test_session_is_planned_on_the_newest_version(plan, desk, officer, now):
    newer = ModuleVersionFactory.create(module=desk.version.module, number=2)

    session = plan_session(plan=plan, actor=officer, now=now)

    session.refresh_from_db()
    assert session.state == SessionState.PLANNED
    assert session.version == newer
    assert session.led_by == "Ashbeck ISVA service"
    assert is_well_formed(session.code, length=6)
    [event] = AuditEvent.objects.about(session)
    assert (event.verb, event.actor, event.facts) == (
        "session.planned",
        officer,
        {"day": "2026-11-20"},
    )


@pytest.mark.parametrize(
    ("change", "words"),
    (
        ({"place": " "}, "Say where"),
        ({"led_by": " "}, "Say who leads"),
        ({"is_for_area": False}, "Choose the premises"),
        ({"ends_at": TEN}, "ends after it begins"),
        ({"ends_at": TEN + timedelta(days=1)}, "on one day"),
        (
            {
                "starts_at": TEN - timedelta(days=17),
                "ends_at": TEN - timedelta(days=17, hours=-1),
            },
            "more than 14 days ago",
        ),
    ),
)
def test_plan_that_does_not_hold_is_refused(change, words, plan, officer, now):
    with pytest.raises(TrainingError, match=words):
        plan_session(plan=replace(plan, **change), actor=officer, now=now)

    assert not TrainingSession.objects.exists()


def test_session_of_a_fortnight_ago_may_still_be_entered(plan, officer, now):
    then = TEN - timedelta(days=16)
    late = replace(plan, starts_at=then, ends_at=then + timedelta(hours=1))

    session = plan_session(plan=late, actor=officer, now=now)

    assert session.day.isoformat() == "2026-11-04"


def test_module_without_a_version_is_refused(plan, officer, now):
    unwritten = replace(plan, module=ModuleFactory.create())

    with pytest.raises(TrainingError, match="not ready"):
        plan_session(plan=unwritten, actor=officer, now=now)


def test_closed_premises_are_refused(own_plan, desk, officer, now):
    desk.premises.state = PremisesState.CLOSED

    with pytest.raises(TrainingError, match="no longer take part"):
        plan_session(plan=own_plan, actor=officer, now=now)


def test_premises_of_another_area_are_refused(plan, officer, now):
    elsewhere = replace(plan, premises=PremisesFactory.create())

    with pytest.raises(TrainingError, match="another area"):
        plan_session(plan=elsewhere, actor=officer, now=now)


def test_manager_plans_for_the_own_premises_only(plan, own_plan, desk, now):
    session = plan_session(plan=own_plan, actor=desk.manager, now=now)

    assert session.premises == desk.premises
    assert session.place == ""
    with pytest.raises(TrainingError, match="your own premises"):
        plan_session(
            plan=replace(own_plan, is_for_area=True), actor=desk.manager, now=now
        )
    with pytest.raises(TrainingError, match="your own premises"):
        plan_session(plan=plan, actor=desk.manager, now=now)


def test_who_may_run_a_session(area, desk, officer, now):
    of_area = TrainingSessionFactory.create(area=area)
    of_house = TrainingSessionFactory.create(at=desk.premises)
    colleague = UserFactory.create(roles=[Role.OFFICER], areas=[area])
    persons = {
        "officer": officer,
        "officer of the same area": colleague,
        "officer of another area": UserFactory.create(
            roles=[Role.OFFICER], areas=[AreaFactory.create()]
        ),
        "manager": desk.manager,
        "manager elsewhere": ManagerLinkFactory.create().user,
        "ex-manager": ManagerLinkFactory.create(
            premises=desk.premises, ended_at=now
        ).user,
        "tester": UserFactory.create(roles=[Role.TESTER], areas=[area]),
    }

    may = {
        name: (
            user_can_run_session(person, of_area),
            user_can_run_session(person, of_house),
        )
        for name, person in persons.items()
    }

    assert may == {
        "officer": (True, True),
        "officer of the same area": (True, True),
        "officer of another area": (False, False),
        "manager": (False, True),
        "manager elsewhere": (False, False),
        "ex-manager": (False, False),
        "tester": (False, False),
    }


def test_planned_session_is_changed_and_keeps_its_code(plan, officer, now):
    session = plan_session(plan=plan, actor=officer, now=now)
    later = TEN + timedelta(days=2)

    change_session(
        session=session,
        plan=replace(plan, starts_at=later, ends_at=later + timedelta(hours=2)),
        actor=officer,
        now=now,
    )

    changed = TrainingSession.objects.get()
    assert (changed.starts_at, changed.code) == (later, session.code)
    event = AuditEvent.objects.about(session).get(verb="session.changed")
    assert event.facts == {"was": "2026-11-20", "day": "2026-11-22"}


def test_open_session_is_not_changed(plan, area, officer, now):
    session = TrainingSessionFactory.create(area=area, opened=True)

    with pytest.raises(SessionMovedOnError):
        change_session(session=session, plan=plan, actor=officer, now=now)


@pytest.mark.parametrize("is_open", (False, True))
def test_session_is_cancelled_with_a_reason(is_open, area, officer):
    session = TrainingSessionFactory.create(area=area, opened=is_open)

    with pytest.raises(TrainingError, match="reason"):
        cancel_session(session=session, reason=" ", actor=officer)
    cancel_session(session=session, reason="The room is flooded.", actor=officer)

    session.refresh_from_db()
    assert session.state == SessionState.CANCELLED
    assert session.state_reason == "The room is flooded."
    assert AuditEvent.objects.about(session).get().verb == "session.cancelled"
    with pytest.raises(SessionMovedOnError):
        cancel_session(session=session, reason="Again.", actor=officer)


def test_session_opens_on_its_day_with_the_newest_version(area, officer, now):
    session = TrainingSessionFactory.create(area=area)
    newer = ModuleVersionFactory.create(module=session.version.module, number=2)

    with pytest.raises(TrainingError, match="on its own day"):
        open_session(session=session, actor=officer, now=now - timedelta(days=1))
    open_session(session=session, actor=officer, now=now)
    open_session(session=session, actor=officer, now=now + timedelta(hours=1))

    session.refresh_from_db()
    assert (session.state, session.version) == (SessionState.OPEN, newer)
    assert session.opened_at == now
    assert AuditEvent.objects.about(session).get().verb == "session.opened"


def test_cancelled_session_does_not_open(area, officer, now):
    session = TrainingSessionFactory.create(area=area)
    cancel_session(session=session, reason="Flooded.", actor=officer)

    with pytest.raises(SessionMovedOnError):
        open_session(session=session, actor=officer, now=now)


def test_code_is_drawn_anew_until_the_session_is_over(area, officer):
    session = TrainingSessionFactory.create(area=area, opened=True)
    first = session.code

    renew_session_code(session=session, actor=officer)

    session.refresh_from_db()
    assert session.code != first
    cancel_session(session=session, reason="Flooded.", actor=officer)
    with pytest.raises(SessionMovedOnError):
        renew_session_code(session=session, actor=officer)


def test_every_act_is_refused_to_others(area, plan, now):
    session = TrainingSessionFactory.create(area=area)
    stranger = UserFactory.create(roles=[Role.OFFICER])
    acts = (
        lambda: change_session(session=session, plan=plan, actor=stranger, now=now),
        lambda: cancel_session(session=session, reason="No.", actor=stranger),
        lambda: open_session(session=session, actor=stranger, now=now),
        lambda: renew_session_code(session=session, actor=stranger),
    )

    for act in acts:
        with pytest.raises(TrainingError, match="run by others"):
            act()

    assert not AuditEvent.objects.about(session).exists()


@pytest.mark.parametrize(
    "wrong",
    (
        {"place": ""},
        {"is_for_area": False},
        {"led_by": ""},
        {"capacity": 0},
        {"ends_at": TEN - timedelta(days=30)},
        {"state": SessionState.OPEN},
        {"state": SessionState.CLOSED},
        {"state": SessionState.CANCELLED},
    ),
)
def test_database_refuses_half_a_session(wrong, area):
    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingSessionFactory.create(area=area, **wrong)
