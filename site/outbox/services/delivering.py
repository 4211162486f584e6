from datetime import datetime, timedelta

from django.db.models import F

from core.audit import record
from outbox.channels import NotNowError, RefusedError, carrier_of
from outbox.enums import MessageState
from outbox.models import Message

MAX_ATTEMPTS = 8
# How long a worker may hold a message before another takes it up.
HELD_FOR = timedelta(minutes=10)
# When to ask a provider for the first time what became of a message.
FIRST_ASKED_AFTER = timedelta(minutes=30)
JOB = "outbox.tasks.deliver_message"


def deliver_message(*, message: Message, now: datetime) -> None:
    """Hand one waiting message to its carrier and note what happened.

    The row is claimed first, in its own transaction: two workers never send the same
    message, and a worker killed in between leaves it to be tried again later. A refusal
    of the address for good is a bounce at once; anything else is tried eight times.
    """
    if not _claim(message, now):
        return
    message.refresh_from_db()
    if message.attempts > MAX_ATTEMPTS:
        reason = message.failure or "No worker lived long enough to send it."
        _settle(message, now, state=MessageState.FAILED, reason=reason)
        return
    try:
        handed = carrier_of(message).hand_over(message)
    except RefusedError as refusal:
        _settle(message, now, state=MessageState.BOUNCED, reason=str(refusal))
    except NotNowError as refusal:
        _put_off(message, now, refusal)
    else:
        _note_sent(message, now, provider_id=handed.provider_id)


def _claim(message: Message, now: datetime) -> bool:
    claimed = Message.objects.to_deliver(now).filter(pk=message.pk)
    return bool(
        claimed.update(
            state=MessageState.SENDING,
            attempts=F("attempts") + 1,
            next_try_at=now + HELD_FOR,
        )
    )


def _note_sent(message: Message, now: datetime, *, provider_id: str) -> None:
    """Note that it is gone, unless the receipt was quicker than we are."""
    held = Message.objects.filter(pk=message.pk, state=MessageState.SENDING)
    held.update(
        state=MessageState.SENT,
        sent_at=now,
        failure="",
        provider_id=provider_id,
        next_try_at=now + FIRST_ASKED_AFTER,
        body="" if message.is_secret else message.body,
    )


def _put_off(message: Message, now: datetime, refusal: NotNowError) -> None:
    if message.attempts >= MAX_ATTEMPTS:
        _settle(message, now, state=MessageState.FAILED, reason=str(refusal))
        return
    wait = refusal.wait or timedelta(minutes=2**message.attempts)
    Message.objects.filter(pk=message.pk, state=MessageState.SENDING).update(
        state=MessageState.QUEUED,
        failure=str(refusal)[:300],
        next_try_at=now + wait,
    )


def _settle(
    message: Message, now: datetime, *, state: MessageState, reason: str
) -> None:
    message.state = state
    message.failure = reason[:300]
    message.settled_at = now
    if message.is_secret:
        message.body = ""
    message.save(update_fields=["state", "failure", "settled_at", "body"])
    record(f"message.{state.value}", message, job=JOB)
