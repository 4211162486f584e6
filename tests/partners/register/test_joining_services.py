from datetime import date, datetime, timedelta
from typing import Any, cast

import pytest

from accounts.enums import Role
from accounts.models import User
from core.models import Area, AuditEvent
from core.shortcodes import is_well_formed
from outbox.models import Message
from partners.register.enums import JoinState
from partners.register.models import JoinRequest, ManagerLink, Organisation, Premises
from partners.register.services import (
    JoinAnswers,
    RegisterError,
    approve_request,
    ask_to_join,
    confirm_address,
    confirmation_link,
    decline_request,
    request_of_link,
)
from tests.factories.accounts import UserFactory
from tests.factories.register import (
    JoinRequestFactory,
    OrganisationFactory,
    PremisesFactory,
)
from tests.partners.register.proving import proof

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers(area: Area) -> dict[str, Any]:
    return {
        "premises_name": "Harbour View",
        "kind": "hotel",
        "street": "2 Quay Street",
        "town": "Ashbeck",
        "postcode": "ZZ1 2ZZ",
        "area": area,
        "contact_name": "Ana Novak",
        "email": "Ana@Hotel.example",
        "phone": "",
    }


def asked(answers: dict[str, Any], now: datetime) -> JoinRequest:
    """Ask as a browser does that has done its sum."""
    challenge, answer = proof(now)
    given = cast("JoinAnswers", answers)
    return ask_to_join(answers=given, challenge=challenge, answer=answer, now=now)


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def test_ask_to_join_notes_the_request_and_sends_a_secret_link(answers, now):
    request = asked(answers, now)

    message = Message.objects.get()
    assert request.state == JoinState.UNCONFIRMED
    assert request.email == "ana@hotel.example"
    assert (message.address, message.is_secret) == ("ana@hotel.example", True)
    assert confirmation_link(request) in message.body
    assert verbs() == ["joinrequest.asked"]


def test_ask_to_join_again_is_the_same_request_and_one_message(answers, now):
    first = asked(answers, now)

    second = asked(answers, now + timedelta(hours=2))

    assert second == first
    assert Message.objects.count() == 1


def test_ask_to_join_refuses_a_flood_from_one_address(answers, now):
    JoinRequestFactory.create_batch(5, email="ana@hotel.example", asked_at=now)

    with pytest.raises(RegisterError, match="too many requests"):
        asked(answers, now)

    assert Message.objects.count() == 0


def test_ask_to_join_refuses_a_flood_from_many_addresses(answers, now):
    JoinRequestFactory.create_batch(60, state=JoinState.UNCONFIRMED, asked_at=now)

    with pytest.raises(RegisterError, match="too many requests"):
        asked(answers, now + timedelta(minutes=5))

    asked(answers, now + timedelta(minutes=61))


def test_request_of_link_knows_only_links_we_made():
    request = JoinRequestFactory.create()
    token = confirmation_link(request).rstrip("/").rpartition("/")[2]

    assert request_of_link(token) == request
    assert request_of_link(token[:-1]) is None
    assert request_of_link(request.key) is None


def test_confirm_address_hands_the_request_to_the_officers(area, officer, now):
    UserFactory.create(roles=[Role.OFFICER])
    UserFactory.create(roles=[Role.EDITOR], areas=[area])
    request = JoinRequestFactory.create(
        area=area, state=JoinState.UNCONFIRMED, confirmed_at=None, asked_at=now
    )

    confirm_address(request=request, now=now)

    request.refresh_from_db()
    assert (request.state, request.confirmed_at) == (JoinState.WAITING, now)
    assert list(Message.objects.values_list("recipient", "template")) == [
        (officer.pk, "join_waiting")
    ]
    assert verbs() == ["joinrequest.confirmed"]


def test_confirm_address_twice_changes_nothing(now):
    request = JoinRequestFactory.create(confirmed_at=now)

    confirm_address(request=request, now=now + timedelta(days=30))

    request.refresh_from_db()
    assert request.confirmed_at == now
    assert verbs() == []


def test_confirm_address_refuses_an_old_link(now):
    request = JoinRequestFactory.create(state=JoinState.UNCONFIRMED, asked_at=now)

    with pytest.raises(RegisterError, match="more than 7 days old"):
        confirm_address(request=request, now=now + timedelta(days=7, seconds=1))

    request.refresh_from_db()
    assert request.state == JoinState.UNCONFIRMED


def test_approve_request_makes_premises_manager_and_message(area, officer, now):
    request = JoinRequestFactory.create(area=area, email="ana@hotel.example")

    premises = approve_request(request=request, officer=officer, now=now)

    request.refresh_from_db()
    manager = User.objects.get(email="ana@hotel.example")
    message = Message.objects.get()
    assert (request.state, request.decided_by) == (JoinState.APPROVED, officer)
    assert request.premises == premises
    assert premises.organisation.name == request.premises_name
    assert premises.address == "2 Quay Street, Ashbeck, ZZ1 2ZZ"
    assert premises.joined_on == date(2026, 11, 18)
    assert is_well_formed(premises.staff_code, length=6)
    assert manager.roles == {Role.MANAGER}
    assert not manager.has_usable_password()
    assert list(Premises.objects.managed_by(manager)) == [premises]
    assert manager.emailaddress_set.get().verified
    assert (message.recipient, message.is_secret) == (manager, True)
    assert "/accounts/password/reset/key/" in message.body
    assert verbs() == [
        "organisation.created",
        "premises.created",
        "person.created",
        "managerlink.started",
        "contact.added",
        "joinrequest.approved",
    ]


def test_approve_request_twice_is_refused(officer, now):
    request = JoinRequestFactory.create()
    approve_request(request=request, officer=officer, now=now)

    with pytest.raises(RegisterError, match="already been approved"):
        approve_request(request=request, officer=officer, now=now)

    assert (Premises.objects.count(), Message.objects.count()) == (1, 1)


def test_approve_request_into_a_known_organisation(officer, now):
    organisation = OrganisationFactory.create()
    request = JoinRequestFactory.create()

    premises = approve_request(
        request=request, officer=officer, now=now, organisation=organisation
    )

    assert premises.organisation == organisation
    assert Organisation.objects.count() == 1


def test_approve_request_for_known_premises_only_adds_the_manager(officer, now):
    known = PremisesFactory.create()
    request = JoinRequestFactory.create()

    premises = approve_request(
        request=request, officer=officer, now=now, premises=known
    )

    assert premises == known
    assert Premises.objects.count() == 1
    assert ManagerLink.objects.get().premises == known


def test_approve_request_links_a_person_who_signs_in_already(officer, now):
    manager = UserFactory.create(email="ana@hotel.example")
    request = JoinRequestFactory.create(email="ANA@hotel.example")

    premises = approve_request(request=request, officer=officer, now=now)

    message = Message.objects.get()
    assert list(Premises.objects.managed_by(manager)) == [premises]
    assert (message.recipient, message.is_secret) == (manager, False)
    assert f"/partners/{premises.key}/" in message.body


def test_approve_request_refuses_a_deactivated_person(officer, now):
    UserFactory.create(email="ana@hotel.example", is_active=False)
    request = JoinRequestFactory.create(email="ana@hotel.example")

    with pytest.raises(RegisterError, match="was deactivated"):
        approve_request(request=request, officer=officer, now=now)

    request.refresh_from_db()
    assert request.state == JoinState.WAITING
    assert Premises.objects.count() == 0


def test_approve_request_refuses_an_unconfirmed_address(officer, now):
    request = JoinRequestFactory.create(state=JoinState.UNCONFIRMED)

    with pytest.raises(RegisterError, match="not been confirmed yet"):
        approve_request(request=request, officer=officer, now=now)


def test_decline_request_tells_the_person_why(officer, now):
    request = JoinRequestFactory.create()

    decline_request(
        request=request, officer=officer, reason=" Outside our county. ", now=now
    )

    request.refresh_from_db()
    assert request.state == JoinState.DECLINED
    assert request.decline_reason == "Outside our county."
    assert "Outside our county." in Message.objects.get().body
    assert verbs() == ["joinrequest.declined"]


def test_decline_request_wants_a_reason(officer, now):
    request = JoinRequestFactory.create()

    with pytest.raises(RegisterError, match="Say why"):
        decline_request(request=request, officer=officer, reason=" ", now=now)

    request.refresh_from_db()
    assert request.state == JoinState.WAITING


def test_decline_request_after_approval_is_refused(officer, now):
    request = JoinRequestFactory.create()
    approve_request(request=request, officer=officer, now=now)

    with pytest.raises(RegisterError, match="already been approved"):
        decline_request(request=request, officer=officer, reason="Late", now=now)

    assert JoinRequest.objects.get().state == JoinState.APPROVED
