"""What every way out of the house has in common."""

from datetime import timedelta
from typing import NamedTuple, Protocol

from outbox.models import Message


class RefusedError(Exception):
    """The address itself is refused, for good: a bounce."""


class NotNowError(Exception):
    """It could not be handed over this time; `wait` says how long to leave it."""

    def __init__(self, reason: str, wait: timedelta | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Handed(NamedTuple):
    """What a carrier says when it has taken a message."""

    provider_id: str = ""


class Carrier(Protocol):
    def hand_over(self, message: Message) -> Handed:
        """Give a claimed message away; `message.attempts` counts this try.

        :raises RefusedError: when the address will never take it.
        :raises NotNowError: when it is worth another try.
        """
