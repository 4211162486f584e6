from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from core.models import AuditEvent
from outbox import services
from outbox.enums import MessageState
from outbox.models import Message
from outbox.services import delivering
from tests.factories.accounts import UserFactory


@pytest.fixture
def person(db):
    return UserFactory.create(name="Nia Okoro")


def queue(person, now, **changes):
    return services.add_message(
        **{
            "dedupe_key": "hello:1",
            "template": "hello",
            "subject": "Hello",
            "body": "A line.",
            "recipient": person,
            "address": "",
            "is_secret": False,
            "now": now,
        }
        | changes
    )


def break_the_mailer(monkeypatch):
    def refuse(self, messages):
        raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def test_add_message_tells_a_person_once_per_key(person, now, run_jobs):
    first = queue(person, now)
    second = queue(person, now)
    run_jobs()

    assert second is None
    assert [sent.to for sent in mail.outbox] == [[person.email]]
    assert mail.outbox[0].extra_headers["Message-ID"] == first.message_id


def test_deliver_message_twice_sends_once(person, now):
    message = queue(person, now)

    services.deliver_message(message=message, now=now)
    services.deliver_message(message=message, now=now)

    message.refresh_from_db()
    assert len(mail.outbox) == 1
    assert (message.state, message.sent_at) == (MessageState.SENT, now)


def test_deliver_message_blanks_a_secret_one_once_sent(person, now):
    message = queue(person, now, is_secret=True)

    services.deliver_message(message=message, now=now)

    message.refresh_from_db()
    assert mail.outbox[0].body == "A line.\n"
    assert message.body == ""


def test_message_of_a_killed_worker_is_sent_later_under_the_same_identity(person, now):
    """The worker claimed the row and died before the mailer answered."""
    message = queue(person, now)
    delivering._claim(message, now)

    services.deliver_message(message=message, now=now + timedelta(minutes=1))
    assert mail.outbox == []
    services.deliver_message(message=message, now=now + timedelta(minutes=11))

    assert [sent.extra_headers["Message-ID"] for sent in mail.outbox] == [
        message.message_id
    ]


def test_deliver_message_waits_longer_after_each_failure(person, now, monkeypatch):
    break_the_mailer(monkeypatch)
    message = queue(person, now)

    services.deliver_message(message=message, now=now)

    message.refresh_from_db()
    assert message.state == MessageState.QUEUED
    assert message.failure == "no mail server"
    assert message.next_try_at == now + timedelta(minutes=2)


def test_deliver_message_gives_up_in_the_end_and_says_so(person, now, monkeypatch):
    break_the_mailer(monkeypatch)
    message = queue(person, now)
    Message.objects.filter(pk=message.pk).update(attempts=delivering.MAX_ATTEMPTS - 1)

    services.deliver_message(message=message, now=now)

    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert [e.verb for e in AuditEvent.objects.about(message)] == ["message.failed"]
