import logging
from datetime import timedelta

import pytest

from core.models import AuditEvent
from outbox import services
from outbox.channels import carrier_of
from outbox.enums import Channel, MessageState
from outbox.services import delivering
from tests.factories.outbox import MessageFactory
from tests.outbox import notify_server
from tests.outbox.notify_server import EMAIL_TEMPLATE, SMS_TEMPLATE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet():
    logging.getLogger("notifications_python_client").setLevel(logging.ERROR)


def deliver(message, now):
    services.deliver_message(message=message, now=now)
    message.refresh_from_db()
    return message


def test_email_goes_with_our_words_and_reference(notify, now):
    message = deliver(MessageFactory.create(queued_at=now, next_try_at=now), now)

    [taken] = notify.sent
    assert message.state == MessageState.SENT
    assert message.provider_id == taken["id"]
    assert taken["type"] == "email"
    assert taken["template_id"] == EMAIL_TEMPLATE
    assert taken["email_address"] == message.address
    assert taken["reference"] == message.message_id
    assert taken["personalisation"] == {
        "subject": message.subject,
        "body": "The words.",
    }


def test_text_message_goes_without_a_subject(notify, now):
    message = MessageFactory.create(
        channel=Channel.SMS, address="+447700900123", queued_at=now, next_try_at=now
    )

    deliver(message, now)

    [taken] = notify.sent
    assert (taken["type"], taken["phone_number"]) == ("sms", "+447700900123")
    assert taken["template_id"] == SMS_TEMPLATE
    assert taken["personalisation"] == {"body": "The words."}


@pytest.mark.parametrize(
    "refusal", (notify_server.BAD_ADDRESS, notify_server.BAD_NUMBER)
)
def test_address_that_cannot_be_is_a_bounce_at_once(notify, now, refusal):
    notify.refusals = [refusal]

    message = deliver(
        MessageFactory.create(queued_at=now, next_try_at=now, is_secret=True), now
    )

    assert message.state == MessageState.BOUNCED
    assert message.failure == f"Notify 400: {refusal[1]}: {refusal[2]}"
    assert (message.attempts, message.settled_at, message.body) == (1, now, "")
    assert [e.verb for e in AuditEvent.objects.about(message)] == ["message.bounced"]


@pytest.mark.parametrize(
    ("refusal", "minutes"),
    (
        (notify_server.TEAM_ONLY, 2),
        (notify_server.WRONG_KEY, 2),
        (notify_server.TOO_QUICK, 2),
        (notify_server.TOO_MANY, 360),
        (notify_server.BROKEN, 2),
    ),
)
def test_what_may_pass_is_tried_again(notify, now, refusal, minutes):
    notify.refusals = [refusal]
    message = deliver(MessageFactory.create(queued_at=now, next_try_at=now), now)
    again = now + timedelta(minutes=minutes)

    assert (message.state, message.next_try_at) == (MessageState.QUEUED, again)
    assert message.failure == f"Notify {refusal[0]}: {refusal[1]}: {refusal[2]}"

    assert deliver(message, again).state == MessageState.SENT
    assert message.failure == ""
    assert len(notify.sent) == 1


def test_notify_that_is_not_there_is_tried_again(notify, settings, now):
    settings.NOTIFY = notify.settings(base_url="http://127.0.0.1:9")

    message = deliver(MessageFactory.create(queued_at=now, next_try_at=now), now)

    assert (message.state, message.failure) == (
        MessageState.QUEUED,
        "Notify 503: Request failed",
    )


def test_answer_lost_on_the_way_does_not_send_twice(notify, now):
    """Notify took it, and the line broke before we heard."""
    notify.is_mute_after_taking = True
    message = deliver(MessageFactory.create(queued_at=now, next_try_at=now), now)
    notify.is_mute_after_taking = False

    assert message.state == MessageState.QUEUED
    deliver(message, now + timedelta(minutes=2))

    [taken] = notify.sent
    assert (message.state, message.provider_id) == (MessageState.SENT, taken["id"])


def test_worker_killed_after_notify_took_it_does_not_send_twice(notify, now):
    message = MessageFactory.create(queued_at=now, next_try_at=now)
    delivering._claim(message, now)
    message.refresh_from_db()
    carrier_of(message).hand_over(message)
    # Killed here: nothing of that was noted.

    deliver(message, now + timedelta(minutes=10))

    assert len(notify.sent) == 1
    assert message.state == MessageState.SENT


@pytest.mark.parametrize(
    ("status", "state"),
    (
        ("delivered", MessageState.DELIVERED),
        ("permanent-failure", MessageState.BOUNCED),
        ("temporary-failure", MessageState.FAILED),
        ("technical-failure", MessageState.FAILED),
        ("sending", MessageState.SENT),
        ("pending", MessageState.SENT),
    ),
)
def test_polling_asks_what_became_of_a_message(notify, now, status, state):
    message = deliver(MessageFactory.create(queued_at=now, next_try_at=now), now)
    notify.sent[0]["status"] = status
    later = now + timedelta(minutes=30)

    assert services.ask_for_receipts(now=later - timedelta(seconds=1)) == 0
    ended = services.ask_for_receipts(now=later)

    message.refresh_from_db()
    assert (ended, message.state) == (int(state != MessageState.SENT), state)


def test_polling_asks_ever_more_seldom_and_then_no_more(notify, now):
    message = deliver(MessageFactory.create(queued_at=now, next_try_at=now), now)

    services.ask_for_receipts(now=now + timedelta(minutes=30))
    message.refresh_from_db()
    assert message.next_try_at == now + timedelta(minutes=60)
    notify.sent[0]["status"] = "delivered"

    assert services.ask_for_receipts(now=now + timedelta(days=6)) == 0
    assert services.ask_for_receipts(now=now + timedelta(days=5)) == 1


def test_polling_bears_a_notify_that_is_broken(notify, now):
    message = deliver(MessageFactory.create(queued_at=now, next_try_at=now), now)
    notify.refusals = [notify_server.BROKEN]

    assert services.ask_for_receipts(now=now + timedelta(minutes=30)) == 0

    message.refresh_from_db()
    assert message.state == MessageState.SENT
