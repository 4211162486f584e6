"""GOV.UK Notify, by its own client.

Two templates at Notify hold nothing but our words: e-mail with `((subject))` and
`((body))`, SMS with `((body))`. So every word stays here, in every language.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from outbox.channels.carrier import Handed, NotNowError, RefusedError
from outbox.enums import Channel, MessageState
from outbox.models import Message

SECONDS_TO_WAIT = 20
# Notify counts messages per day, and anew after midnight.
AFTER_DAILY_LIMIT = timedelta(hours=6)

ENDINGS = {
    "delivered": (MessageState.DELIVERED, ""),
    "permanent-failure": (
        MessageState.BOUNCED,
        "permanent-failure: the address or number does not exist",
    ),
    "temporary-failure": (
        MessageState.FAILED,
        "temporary-failure: the mailbox was full or the phone was off for three days",
    ),
    "technical-failure": (
        MessageState.FAILED,
        "technical-failure: something broke between Notify and the network",
    ),
}


class Notify:
    def hand_over(self, message: Message) -> Handed:
        """Send through Notify, under the message's own reference.

        Notify does not know a reference again by itself, so before a second try it is
        asked what became of the first.
        """
        client = _client()
        try:
            if message.attempts > 1 and (known := _known(client, message)):
                return Handed(known)
            taken = _send(client, message)
        except APIError as error:
            raise _refusal(error) from error
        return Handed(str(taken["id"]))


def status_of(provider_id: str) -> str:
    """Return what Notify says of a message now, such as "sending" or "delivered".

    :raises NotNowError: when it does not answer, or does not know the message.
    """
    try:
        return str(_client().get_notification_by_id(provider_id)["status"])
    except APIError as error:
        raise NotNowError(_reason(error)) from error


def _client() -> NotificationsAPIClient:
    notify = settings.NOTIFY
    return NotificationsAPIClient(
        notify["api_key"], base_url=notify["base_url"], timeout=SECONDS_TO_WAIT
    )


def _known(client: NotificationsAPIClient, message: Message) -> str:
    found = client.get_all_notifications(reference=message.message_id)
    return next((str(one["id"]) for one in found["notifications"]), "")


def _send(client: NotificationsAPIClient, message: Message) -> dict[str, Any]:
    if message.channel == Channel.SMS:
        taken = client.send_sms_notification(
            message.address,
            settings.NOTIFY["sms_template"],
            personalisation={"body": message.body.strip()},
            reference=message.message_id,
        )
    else:
        taken = client.send_email_notification(
            message.address,
            settings.NOTIFY["email_template"],
            personalisation={"subject": message.subject, "body": message.body},
            reference=message.message_id,
            email_reply_to_id=settings.NOTIFY["reply_to"] or None,
        )
    answer: dict[str, Any] = taken
    return answer


def _refusal(error: APIError) -> RefusedError | NotNowError:
    reason = _reason(error)
    if error.status_code == 400 and _is_about_the_address(reason):
        return RefusedError(reason)
    if error.status_code == 429 and "TooManyRequestsError" in reason:
        return NotNowError(reason, wait=AFTER_DAILY_LIMIT)
    return NotNowError(reason)


def _is_about_the_address(reason: str) -> bool:
    return "ValidationError" in reason and (
        "email_address" in reason or "phone_number" in reason
    )


def _reason(error: APIError) -> str:
    words = error.message
    if isinstance(words, list):
        words = "; ".join(f"{one.get('error')}: {one.get('message')}" for one in words)
    return f"Notify {error.status_code}: {words}"
