"""Every page of a session, tried by everybody who has no business there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.models import AuditEvent
from partners.training.models import Attendance, Completion, TrainingSession
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.register import ManagerLinkFactory, PremisesFactory
from tests.factories.training import AttendanceFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db

ACTS = ("detail", "change", "cancel", "open", "close", "new-code")


@pytest.fixture
def session(desk) -> TrainingSession:
    session = TrainingSessionFactory.create(
        at=desk.premises,
        version=desk.version,
        opened=True,
        starts_at=timezone.now() - timedelta(hours=1),
    )
    AttendanceFactory.create(session=session, spell=desk.spell)
    return session


@pytest.fixture
def visitors(desk, area, now, client_of, learner) -> dict[str, Client]:
    house = desk.premises
    persons = {
        "manager of another organisation": ManagerLinkFactory.create().user,
        "manager of the house next door": ManagerLinkFactory.create(
            premises=PremisesFactory.create(area=area, organisation=house.organisation)
        ).user,
        "ex-manager": ManagerLinkFactory.create(premises=house, ended_at=now).user,
        "officer of another area": UserFactory.create(
            roles=[Role.OFFICER], areas=[AreaFactory.create()]
        ),
        "tester": UserFactory.create(roles=[Role.TESTER], areas=[area]),
        "board member": UserFactory.create(roles=[Role.BOARD], areas=[area]),
    }
    return {name: client_of(person) for name, person in persons.items()} | {
        "stranger": Client(),
        "learner": learner,
    }


def portal(session, desk) -> list[str]:
    house = desk.premises.key
    names = [f"sessions:{name}" for name in (*ACTS, "people")]
    return [
        reverse("sessions:session-list", args=[house]),
        reverse("sessions:plan", args=[house]),
        *(reverse(name, args=[house, session.key]) for name in names),
        reverse("print:session-sheet", args=[session.key]),
    ]


def office(session, desk) -> list[str]:
    return [
        *(reverse(f"officer-sessions:{name}", args=[session.key]) for name in ACTS),
        reverse("officer-sessions:people", args=[session.key, desk.premises.key]),
    ]


def refused(client: Client, address: str, desk) -> bool:
    """Say whether neither reading nor sending gives or changes anything."""
    sent = {"reason": "X", "here": [], "was": str(desk.person.pk), "note": "X"}
    return all(
        answer.status_code in {403, 404, 405}
        or "/accounts/" in answer.headers.get("Location", "")
        for answer in (client.get(address), client.post(address, sent))
    )


@pytest.mark.parametrize("side", (portal, office))
def test_pages_are_there_for_nobody_else(
    side: Callable[..., list[str]], session, desk, visitors
):
    before = (AuditEvent.objects.count(), session.code)

    let_in = [
        (name, address)
        for address in side(session, desk)
        for name, client in visitors.items()
        if not refused(client, address, desk)
    ]

    assert let_in == []
    session.refresh_from_db()
    assert (AuditEvent.objects.count(), session.code) == before
    assert session.state == "open"
    assert Attendance.objects.count() == 1
    assert not Completion.objects.exists()


def test_office_pages_are_not_for_managers(session, desk, client_of):
    manager = client_of(desk.manager)

    let_in = [one for one in office(session, desk) if not refused(manager, one, desk)]

    assert let_in == []


def test_pages_open_for_those_who_run_it(session, desk, officer, client_of):
    posted = ("/open/", "/close/", "/code/")

    statuses = {
        client_of(person).get(address).status_code
        for person, side in ((desk.manager, portal), (officer, office))
        for address in side(session, desk)
        if not address.endswith(posted)
    }

    assert statuses == {200}


def test_people_of_premises_that_may_not_come_are_not_shown(
    session, desk, area, officer, client_of
):
    """A session of one house is no way to read the names of another."""
    other = PremisesFactory.create(area=area)
    elsewhere = PremisesFactory.create()

    statuses = [
        client_of(officer)
        .get(reverse("officer-sessions:people", args=[session.key, one.key]))
        .status_code
        for one in (other, elsewhere)
    ]

    assert statuses == [404, 404]


def test_session_of_another_house_is_not_there_under_ours(desk, area, client_of):
    other = TrainingSessionFactory.create(at=PremisesFactory.create(area=area))
    address = reverse("sessions:detail", args=[desk.premises.key, other.key])

    assert client_of(desk.manager).get(address).status_code == 404


def test_officers_list_holds_their_areas_only(session, officer, client_of):
    other = UserFactory.create(roles=[Role.OFFICER], areas=[AreaFactory.create()])

    shown = [_listed(client_of(person)) for person in (officer, other)]

    assert shown == [[session], []]


def _listed(client: Client) -> list[TrainingSession]:
    page = client.get(reverse("officer-sessions:list"))
    return list(page.context["page_obj"])


def test_plan_form_offers_own_areas_and_premises_only(desk, officer, client_of):
    PremisesFactory.create()

    form = client_of(officer).get(reverse("officer-sessions:plan")).context["form"]

    assert list(form.fields["area"].queryset) == [desk.premises.area]
    assert list(form.fields["premises"].queryset) == [desk.premises]
