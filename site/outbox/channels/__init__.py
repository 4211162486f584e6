"""The ways out of the house, chosen in settings: `EMAIL_BY` and `SMS_BY`."""

from django.conf import settings

from outbox.channels.carrier import Carrier, Handed, NotNowError, RefusedError
from outbox.channels.files import Files
from outbox.channels.mailer import Mailer
from outbox.channels.notify import Notify
from outbox.enums import Channel
from outbox.models import Message

CARRIERS: dict[str, type[Carrier]] = {
    "smtp": Mailer,
    "notify": Notify,
    "file": Files,
}
# SMTP carries no text messages.
CARRIERS_OF = {
    Channel.EMAIL: ("smtp", "notify", "file"),
    Channel.SMS: ("notify", "file"),
}


def carrier_name(channel: str) -> str:
    """Return by what messages of a channel leave; "" when nothing carries them."""
    name: str = settings.SMS_BY if channel == Channel.SMS else settings.EMAIL_BY
    return name


def can_send(channel: Channel) -> bool:
    return carrier_name(channel) != ""


def carrier_of(message: Message) -> Carrier:
    """Return what carries a message.

    :raises NotNowError: when nothing carries its channel any more.
    """
    name = carrier_name(message.channel)
    if name not in CARRIERS:
        raise NotNowError(f"Nothing is set up to carry “{message.channel}”.")
    return CARRIERS[name]()


__all__ = [
    "CARRIERS_OF",
    "Carrier",
    "Handed",
    "NotNowError",
    "RefusedError",
    "can_send",
    "carrier_name",
    "carrier_of",
]
