from datetime import timedelta

import pytest

from core.models import AuditEvent
from outbox.models import Message
from partners.register.enums import JoinState
from partners.register.models import Contact, JoinRequest, SpentChallenge
from partners.register.services import (
    RegisterError,
    approve_request,
    confirm_address,
    decline_request,
    forget_spent_challenges,
    note_call,
)
from partners.register.services.challenges import spend_proof
from partners.register.tasks import forget_spent_challenges as forgetting
from tests.factories.register import JoinRequestFactory
from tests.partners.register.proving import answer_to, proof

pytestmark = pytest.mark.django_db

JOIN = "/partners/join/"


@pytest.fixture
def answers(area):
    """Return what somebody types whose browser runs no script."""
    return {
        "premises_name": "Harbour View",
        "kind": "hotel",
        "street": "2 Quay Street",
        "town": "Ashbeck",
        "postcode": "ZZ1 2ZZ",
        "area": area.pk,
        "contact_name": "Ana Novak",
        "email": "ana@hotel.example",
        "phone": "01632 960 001",
    }


def test_a_proof_is_good_once(now):
    challenge, answer = proof(now)

    spend_proof(challenge=challenge, answer=answer, now=now)
    with pytest.raises(RegisterError, match="Send it once more"):
        spend_proof(challenge=challenge, answer=answer, now=now)


@pytest.mark.parametrize(
    "answer", ("0", "-1", "", "x", "\uff11", "9" * 400, "1e3", "\x00")
)
def test_a_wrong_answer_is_refused(now, answer):
    challenge, right = proof(now)
    assert right != answer

    with pytest.raises(RegisterError):
        spend_proof(challenge=challenge, answer=answer, now=now)

    assert not SpentChallenge.objects.exists()


def test_a_proof_runs_out(now):
    challenge, answer = proof(now)

    with pytest.raises(RegisterError):
        spend_proof(
            challenge=challenge,
            answer=answer,
            now=now + timedelta(hours=6, seconds=1),
        )


def test_a_challenge_of_our_own_making_is_refused(now):
    challenge, _answer = proof(now)
    easy = challenge.replace(".16:", ".00:")
    made = f"{'a' * 16}.{'9' * 10}.0:signature"

    for forged in (easy, made, "", "nonsense", challenge[:-1]):
        with pytest.raises(RegisterError):
            spend_proof(challenge=forged, answer=answer_to(forged), now=now)


def test_spent_challenges_are_forgotten_when_they_have_run_out(now):
    challenge, answer = proof(now)
    spend_proof(challenge=challenge, answer=answer, now=now)

    kept = forget_spent_challenges(now=now + timedelta(hours=1))
    gone = forget_spent_challenges(now=now + timedelta(hours=7))

    forgetting.func()
    assert (kept, gone) == (0, 1)


def test_the_page_hands_out_a_new_challenge_each_time(client):
    pages = [client.get(JOIN) for _number in range(2)]

    assert pages[0].context["challenge"] != pages[1].context["challenge"]
    assert "js/proof" in pages[0].text


def test_without_script_nothing_is_sent_before_an_officer_has_rung(
    client, answers, officer
):
    response = client.post(JOIN, answers)

    request = JoinRequest.objects.get()
    message = Message.objects.get()
    assert response.url == "/partners/join/call/"
    assert request.state == JoinState.CALL_BACK
    assert (message.recipient, message.template) == (officer, "join_call")


def test_officers_are_asked_to_ring_once_a_day(client, answers, officer):
    for number in range(3):
        client.post(JOIN, {**answers, "email": f"ana{number}@hotel.example"})

    assert JoinRequest.objects.count() == 3
    assert Message.objects.count() == 1


def test_without_script_a_number_is_needed(client, answers):
    response = client.post(JOIN, {**answers, "phone": ""})

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "phone": ["Give a number, so that we can ring you."]
    }


def test_a_used_proof_keeps_what_was_typed(client, answers):
    challenge, answer = proof(JoinRequestFactory.create().asked_at)
    typed = {**answers, "challenge": challenge, "answer": answer}
    client.post(JOIN, typed)

    again = client.post(JOIN, {**typed, "email": "ben@hotel.example"})

    assert again.status_code == 429
    assert "Send it once more" in again.text
    assert 'value="ben@hotel.example"' in again.text
    assert again.context["challenge"] != challenge


def test_requests_without_proof_never_stop_those_with_one(client, answers, area):
    JoinRequestFactory.create_batch(60, state=JoinState.CALL_BACK, area=area)

    without = client.post(JOIN, answers)
    challenge, answer = proof(JoinRequest.objects.latest("pk").asked_at)
    with_proof = client.post(
        JOIN, {**answers, "challenge": challenge, "answer": answer}
    )

    assert without.status_code == 429
    assert with_proof.url == "/partners/join/sent/"


def test_a_noted_call_sends_the_link_and_its_time_begins(officer, now):
    request = JoinRequestFactory.create(
        state=JoinState.CALL_BACK, confirmed_at=None, asked_at=now - timedelta(days=9)
    )

    note_call(request=request, officer=officer, now=now)
    with pytest.raises(RegisterError, match="waits for no call"):
        note_call(request=request, officer=officer, now=now)
    confirm_address(request=request, now=now + timedelta(days=6))

    request.refresh_from_db()
    assert (request.called_at, request.called_by) == (now, officer)
    assert request.state == JoinState.WAITING
    assert Message.objects.filter(template="join_confirm").count() == 1
    assert AuditEvent.objects.filter(verb="joinrequest.called").count() == 1


def test_a_request_to_be_rung_cannot_go_on_without_the_call(officer, now):
    request = JoinRequestFactory.create(state=JoinState.CALL_BACK, confirmed_at=None)

    with pytest.raises(RegisterError, match="rings you first"):
        confirm_address(request=request, now=now)
    with pytest.raises(RegisterError, match="Ring the business first"):
        approve_request(request=request, officer=officer, now=now)


def test_declining_what_nobody_confirmed_writes_to_nobody(officer, now):
    request = JoinRequestFactory.create(state=JoinState.CALL_BACK, confirmed_at=None)

    decline_request(request=request, officer=officer, reason="A robot", now=now)

    assert not Message.objects.exists()


def test_officer_notes_the_call_on_the_page(area, officer, client_of):
    request = JoinRequestFactory.create(
        area=area, state=JoinState.CALL_BACK, confirmed_at=None, phone="01632 960 001"
    )
    elsewhere = JoinRequestFactory.create(state=JoinState.CALL_BACK)
    client = client_of(officer)

    page = client.get(f"/cms/requests/{request.key}/")
    client.post(f"/cms/requests/{request.key}/called/")
    theirs = client.post(f"/cms/requests/{elsewhere.key}/called/")

    request.refresh_from_db()
    assert "01632 960 001" in page.text
    assert request.state == JoinState.UNCONFIRMED
    assert theirs.status_code == 404


@pytest.mark.parametrize(
    ("second", "errors"),
    (
        ({"second_name": "Ben"}, {"second_email"}),
        ({"second_email": "ben@hotel.example"}, {"second_name"}),
        ({"second_name": "Ben", "second_phone": "call"}, {"second_phone"}),
    ),
)
def test_half_a_second_contact_is_asked_for_again(client, answers, second, errors):
    response = client.post(JOIN, {**answers, **second})

    assert response.status_code == 422
    assert errors <= set(response.context["form"].errors)


def test_approval_takes_both_contacts_and_the_name_of_who_runs_it(officer, now):
    request = JoinRequestFactory.create(
        organisation_name="Lantern Hotels",
        contact_role="Owner",
        second_name="Ben",
        second_phone="01632 960 002",
    )

    premises = approve_request(request=request, officer=officer, now=now)
    again = JoinRequestFactory.create(second_name="Ben", second_phone="1234567")
    approve_request(request=again, officer=officer, now=now, premises=premises)

    contacts = Contact.objects.filter(premises=premises).order_by("pk")
    assert premises.organisation.name == "Lantern Hotels"
    assert [(one.name, one.role, one.phone) for one in contacts] == [
        ("Ana Novak", "Owner", ""),
        ("Ben", "", "01632 960 002"),
    ]
