from datetime import datetime, timedelta

from django.db import transaction

from core.audit import record
from outbox.channels import NotNowError, notify
from outbox.enums import UNDELIVERED_STATES, UNSENT_STATES, MessageState
from outbox.models import Message

# Notify keeps trying for three days, and forgets after seven.
ASKED_FOR = timedelta(days=6)
ASKED_AT_ONCE = 200
OPEN_STATES = UNSENT_STATES | {MessageState.SENT}


@transaction.atomic
def note_receipt(
    *, reference: str, provider_id: str, status: str, at: datetime
) -> bool:
    """Note how a message ended; return whether that changed anything.

    A message is known by our reference, so a receipt is believed too when the worker
    that sent it was killed before it could note the provider's number. An ending once
    noted stays, and a status that is no ending changes nothing.
    """
    if status not in notify.ENDINGS or not reference:
        return False
    message = (
        Message.objects.select_for_update()
        .filter(message_id=reference, state__in=OPEN_STATES)
        .first()
    )
    if message is None:
        return False
    message.state, message.failure = notify.ENDINGS[status]
    message.provider_id = provider_id
    message.sent_at = message.sent_at or at
    message.settled_at = at
    if message.is_secret:
        message.body = ""
    message.save(
        update_fields=[
            "state",
            "failure",
            "provider_id",
            "sent_at",
            "settled_at",
            "body",
        ]
    )
    if message.state in UNDELIVERED_STATES:
        record(f"message.{message.state}", message, job="outbox.receipts")
    return True


def ask_for_receipts(*, now: datetime) -> int:
    """Ask Notify about messages it sent no receipt for; return how many ended.

    Each is asked about at twice its age, and no more when Notify has forgotten it.
    """
    waiting = Message.objects.awaiting_receipt(now).filter(sent_at__gt=now - ASKED_FOR)
    return sum(_ask(message, now) for message in waiting.order_by("pk")[:ASKED_AT_ONCE])


def _ask(message: Message, now: datetime) -> bool:
    try:
        status = notify.status_of(message.provider_id)
    except NotNowError:
        status = ""
    ended = note_receipt(
        reference=message.message_id,
        provider_id=message.provider_id,
        status=status,
        at=now,
    )
    if not ended:
        age = now - (message.sent_at or message.queued_at)
        Message.objects.filter(pk=message.pk).update(next_try_at=now + age)
    return ended


@transaction.atomic
def forget_reader(*, reader: str) -> int:
    """Blank the addresses and words of what one person without an account was told.

    For when the person's own row is anonymised; that a message went stays known.
    """
    told = Message.objects.filter(reader=reader).exclude(reader="")
    return told.update(address="", body="", failure="")
