from email import message_from_bytes, policy
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)

import pytest
from django.core.mail.backends.locmem import EmailBackend

from outbox import services
from outbox.checks import channels_are_whole
from outbox.enums import Channel, MessageState
from outbox.services import delivering
from tests.factories.outbox import MessageFactory
from tests.outbox.notify_server import API_KEY, EMAIL_TEMPLATE, SMS_TEMPLATE

TO = "someone@hotel.example"


def waiting(now, **fields):
    return MessageFactory.create(queued_at=now, next_try_at=now, **fields)


@pytest.mark.parametrize(
    ("error", "state", "reason"),
    (
        (
            SMTPRecipientsRefused({TO: (550, b"5.1.1 No such user")}),
            MessageState.BOUNCED,
            "550 5.1.1 No such user",
        ),
        (
            SMTPRecipientsRefused({TO: (450, b"4.2.1 Mailbox busy")}),
            MessageState.QUEUED,
            "450 4.2.1 Mailbox busy",
        ),
        (
            SMTPDataError(554, b"5.7.1 Refused by policy"),
            MessageState.BOUNCED,
            "554 5.7.1 Refused by policy",
        ),
        (
            SMTPDataError(451, b"4.3.0 Later"),
            MessageState.QUEUED,
            "451 4.3.0 Later",
        ),
        (
            # Our own sender and password: no fault of the address.
            SMTPSenderRefused(550, b"Who are you?", "signs@force.example"),
            MessageState.QUEUED,
            "(550, b'Who are you?', 'signs@force.example')",
        ),
        (
            SMTPAuthenticationError(535, b"Bad password"),
            MessageState.QUEUED,
            "(535, b'Bad password')",
        ),
        (TimeoutError("timed out"), MessageState.QUEUED, "timed out"),
    ),
)
@pytest.mark.django_db
def test_only_a_refusal_of_the_address_for_good_is_a_bounce(
    monkeypatch, now, error, state, reason
):
    def refuse(self, messages):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    message = waiting(now)

    services.deliver_message(message=message, now=now)

    message.refresh_from_db()
    assert (message.state, message.failure, message.attempts) == (state, reason, 1)


@pytest.mark.django_db
def test_address_that_breaks_the_header_is_a_bounce(now):
    message = waiting(now, address="someone@hotel.example\nBcc: all@hotel.example")

    services.deliver_message(message=message, now=now)

    message.refresh_from_db()
    assert message.state == MessageState.BOUNCED


@pytest.mark.django_db
def test_message_that_kills_each_worker_is_given_up(now, mailoutbox):
    message = waiting(now, attempts=delivering.MAX_ATTEMPTS)

    services.deliver_message(message=message, now=now)

    message.refresh_from_db()
    assert (message.state, message.failure) == (
        MessageState.FAILED,
        "No worker lived long enough to send it.",
    )
    assert mailoutbox == []


@pytest.mark.django_db
def test_files_hold_mail_and_text_messages(settings, tmp_path, now):
    settings.EMAIL_BY = settings.SMS_BY = "file"
    settings.MESSAGE_FILES = tmp_path / "mail"
    mail = waiting(now, subject="Zażółć", body="Gęślą jaźń\n")
    text = waiting(now, channel=Channel.SMS, address="+447700900123")

    for message in (mail, text):
        services.deliver_message(message=message, now=now)

    stem = "2026-11-18-120000"
    written = sorted(path.name for path in (tmp_path / "mail").iterdir())
    assert written == sorted([f"{stem}-{mail.pk}.eml", f"{stem}-{text.pk}.txt"])
    letter = message_from_bytes(
        (tmp_path / "mail" / f"{stem}-{mail.pk}.eml").read_bytes(),
        policy=policy.default,
    )
    assert (letter["Subject"], letter["Message-ID"]) == ("Zażółć", mail.message_id)
    assert letter.get_content() == "Gęślą jaźń\n"
    sms = (tmp_path / "mail" / f"{stem}-{text.pk}.txt").read_text()
    assert sms == "To: +447700900123\n\nThe words."


@pytest.mark.django_db
def test_folder_that_cannot_be_written_is_tried_again(settings, tmp_path, now):
    settings.EMAIL_BY = "file"
    (tmp_path / "mail").write_text("in the way")
    settings.MESSAGE_FILES = tmp_path / "mail"
    message = waiting(now)

    services.deliver_message(message=message, now=now)

    message.refresh_from_db()
    assert message.state == MessageState.QUEUED


@pytest.mark.django_db
def test_text_message_that_nothing_carries_waits_and_says_so(now):
    message = waiting(now, channel=Channel.SMS)

    services.deliver_message(message=message, now=now)

    message.refresh_from_db()
    assert (message.state, message.failure) == (
        MessageState.QUEUED,
        "Nothing is set up to carry “sms”.",
    )


WHOLE = {
    "api_key": API_KEY,
    "email_template": EMAIL_TEMPLATE,
    "sms_template": SMS_TEMPLATE,
    "callback_token": "x" * 20,
}


@pytest.mark.parametrize(
    ("changes", "problems"),
    (
        ({}, []),
        ({"SMS_BY": "file"}, []),
        ({"EMAIL_BY": "pigeon"}, ["outbox.E001"]),
        ({"EMAIL_BY": ""}, ["outbox.E001"]),
        ({"SMS_BY": "smtp"}, ["outbox.E001"]),
        ({"NOTIFY": WHOLE}, ["outbox.W002"]),
        ({"EMAIL_BY": "notify", "SMS_BY": "notify", "NOTIFY": WHOLE}, []),
        ({"SMS_BY": "notify"}, ["outbox.E003", "outbox.E004"]),
        (
            {"EMAIL_BY": "notify", "NOTIFY": {**WHOLE, "api_key": API_KEY[:-1]}},
            ["outbox.E003"],
        ),
        (
            {"SMS_BY": "notify", "NOTIFY": {**WHOLE, "sms_template": "sms"}},
            ["outbox.E004"],
        ),
        (
            {"SMS_BY": "notify", "NOTIFY": {**WHOLE, "callback_token": "short"}},
            ["outbox.E005"],
        ),
    ),
)
def test_half_configured_channel_is_found_before_it_is_a_silence(
    settings, changes, problems
):
    for name, value in changes.items():
        given = {**settings.NOTIFY, **value} if name == "NOTIFY" else value
        setattr(settings, name, given)

    assert [problem.id for problem in channels_are_whole(None)] == problems
