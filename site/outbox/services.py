from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.utils import DNS_NAME
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.crypto import get_random_string
from django.utils.translation import override

from accounts.models import User
from core.audit import record
from core.jobs import enqueue_on_commit
from core.models import Area
from outbox.enums import MessageState
from outbox.invitations import password_link
from outbox.models import Message

MAX_ATTEMPTS = 8


def queue_message(
    *,
    dedupe_key: str,
    template: str,
    context: dict[str, Any],
    now: datetime,
    area: Area | None,
    recipient: User | None = None,
    address: str = "",
    is_secret: bool = False,
    language: str = "en",
) -> Message | None:
    """Write one message to the outbox from the template `emails/<template>.txt`.

    Its first line is the subject. Officers of `area` may read it; a secret one holds a
    private link, is never shown and is blanked once sent. Returns None when the key
    was known: the person has been, or will be, told.
    """
    with override(language):
        text = render_to_string(f"emails/{template}.txt", context).strip()
    subject, _, body = text.partition("\n")
    return add_message(
        dedupe_key=dedupe_key,
        template=template,
        subject=subject,
        body=body,
        recipient=recipient,
        address=address,
        area=area,
        is_secret=is_secret,
        now=now,
    )


def queue_invitation(*, user: User, at: datetime, now: datetime) -> Message | None:
    """Send a new colleague the link to choose a password; `at` is when it was asked."""
    return queue_message(
        dedupe_key=f"invitation:{user.pk}:{at.isoformat()}",
        template="invitation",
        context={"person": user, "link": password_link(user)},
        recipient=user,
        area=user.areas.order_by("pk").first(),
        is_secret=True,
        now=now,
    )


@transaction.atomic
def add_message(
    *,
    dedupe_key: str,
    template: str,
    subject: str,
    body: str,
    recipient: User | None,
    address: str,
    is_secret: bool,
    now: datetime,
    area: Area | None = None,
) -> Message | None:
    """Write a message whose words are ready; a key that is known is left alone."""
    message, is_new = Message.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "recipient": recipient,
            "address": address or (recipient.email if recipient else ""),
            "area": area,
            "template": template,
            "subject": " ".join(subject.split())[:200],
            "body": body.strip() + "\n",
            "is_secret": is_secret,
            "message_id": f"<{get_random_string(24)}@{DNS_NAME}>",
            "queued_at": now,
            "next_try_at": now,
        },
    )
    if not is_new:
        return None
    enqueue_on_commit("outbox.tasks.deliver_message", message_id=message.pk)
    return message


def deliver_message(*, message: Message, now: datetime) -> None:
    """Hand one waiting message to the mailer and note what happened.

    The row is claimed first, in its own transaction: two workers never send the same
    message, and a worker killed in between leaves it to be tried again later.
    """
    if not _claim(message, now):
        return
    mail = EmailMessage(
        message.subject,
        message.body,
        to=[message.address],
        headers={"Message-ID": message.message_id},
    )
    try:
        mail.send()
    except OSError as error:
        _note_failure(message, now, reason=str(error))
        return
    message.state = MessageState.SENT
    message.sent_at = now
    message.failure = ""
    if message.is_secret:
        message.body = ""
    message.save(update_fields=["state", "sent_at", "failure", "body"])


def _claim(message: Message, now: datetime) -> bool:
    claimed = Message.objects.to_deliver(now).filter(pk=message.pk)
    return bool(
        claimed.update(
            state=MessageState.SENDING,
            attempts=F("attempts") + 1,
            next_try_at=now + timedelta(minutes=10),
        )
    )


def _note_failure(message: Message, now: datetime, *, reason: str) -> None:
    message.refresh_from_db()
    gives_up = message.attempts >= MAX_ATTEMPTS
    message.state = MessageState.FAILED if gives_up else MessageState.QUEUED
    message.failure = reason[:300]
    message.next_try_at = now + timedelta(minutes=2**message.attempts)
    message.save(update_fields=["state", "failure", "next_try_at"])
    if gives_up:
        record("message.failed", message, job="outbox.tasks.deliver_message")
