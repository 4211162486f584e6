import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core.models import AuditEvent
from outbox import services
from outbox.enums import MessageState
from tests.factories.outbox import MessageFactory
from tests.outbox.notify_server import NotifyServer

pytestmark = pytest.mark.django_db

TOKEN = "a-token-that-only-notify-knows"
ADDRESS = "/api/receipts/notify/"


@pytest.fixture(autouse=True)
def _notify(settings):
    settings.NOTIFY = NotifyServer.settings(
        type("Elsewhere", (), {"url": "http://127.0.0.1:9"})(), callback_token=TOKEN
    )


def receipt(message, **changes):
    """Return the body of a receipt as Notify sends it."""
    return {
        "id": "740e5834-3a29-46b4-9a6f-16142fde533a",
        "reference": message.message_id,
        "to": message.address,
        "status": "delivered",
        "created_at": "2026-11-18T12:15:30.000000Z",
        "completed_at": "2026-11-18T12:15:31.000000Z",
        "sent_at": "2026-11-18T12:15:30.000000Z",
        "notification_type": "email",
        "template_id": "f33517ff-2a88-4f6e-b855-c550268ce08a",
        "template_version": 1,
        **changes,
    }


def post(body, token=TOKEN):
    return Client(enforce_csrf_checks=True).post(
        ADDRESS,
        body if isinstance(body, str) else json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def sent(now, **fields):
    return MessageFactory.create(state=MessageState.SENT, sent_at=now, **fields)


def test_receipt_says_that_it_arrived_and_sets_no_cookie(now):
    message = sent(now)

    answer = post(receipt(message))

    message.refresh_from_db()
    assert (answer.status_code, answer.cookies) == (204, {})
    assert reverse("operator:notify-receipt") == ADDRESS
    assert message.state == MessageState.DELIVERED
    assert message.settled_at is not None


@pytest.mark.parametrize(
    ("status", "state"),
    (
        ("permanent-failure", MessageState.BOUNCED),
        ("temporary-failure", MessageState.FAILED),
        ("technical-failure", MessageState.FAILED),
    ),
)
def test_receipt_of_a_failure_says_why_and_is_audited(now, status, state):
    message = sent(now)

    post(receipt(message, status=status))

    message.refresh_from_db()
    assert message.state == state
    assert message.failure.startswith(f"{status}: ")
    assert [e.verb for e in AuditEvent.objects.about(message)] == [f"message.{state}"]


def test_receipt_quicker_than_the_worker_is_believed(now):
    """The worker was killed after Notify took the message."""
    message = MessageFactory.create(
        state=MessageState.SENDING, is_secret=True, next_try_at=now
    )

    post(receipt(message))
    services.deliver_message(message=message, now=now + timedelta(hours=1))

    message.refresh_from_db()
    assert (message.state, message.body) == (MessageState.DELIVERED, "")


def test_ending_once_noted_stays(now):
    message = sent(now)

    post(receipt(message))
    post(receipt(message, status="permanent-failure"))

    message.refresh_from_db()
    assert message.state == MessageState.DELIVERED


def test_stranger_and_wrong_token_change_nothing(now):
    message = sent(now)

    assert post(receipt(message), token="guessed").status_code == 403
    assert Client().post(ADDRESS).status_code == 403
    assert Client().get(ADDRESS).status_code == 405

    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_without_a_token_there_is_no_such_place(settings, now):
    settings.NOTIFY = {**settings.NOTIFY, "callback_token": ""}

    assert post(receipt(sent(now)), token="").status_code == 404


@pytest.mark.parametrize("body", ("", "{", "[]", "{}", '"a"', "x" * 10_001))
def test_what_is_no_receipt_is_refused(body):
    assert post(body).status_code == 400


def test_receipt_of_a_message_we_do_not_know_is_answered_like_any_other(now):
    message = sent(now)

    assert post(receipt(message, reference="another")).status_code == 204
    assert post(receipt(message, reference=None)).status_code == 204
    assert post(receipt(message, status="sending")).status_code == 204

    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_forgetting_a_reader_keeps_that_a_message_went(now):
    told = sent(now, reader="abc", body="Hello Ana")
    other = sent(now, reader="def")
    none = sent(now)

    assert services.forget_reader(reader="abc") == 1
    assert services.forget_reader(reader="") == 0

    for message in (told, other, none):
        message.refresh_from_db()
    assert (told.address, told.body, told.state) == ("", "", MessageState.SENT)
    assert other.address == none.address == "someone@hotel.example"
