from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from accounts.models import User
from partners.register.models import Premises, StaffMember
from partners.training.services import TrainingError, send_personal_link

REFUSALS_NAMED = 20


class Outcome(NamedTuple):
    """How many links went, and who got none for which reason (the first twenty)."""

    sent: int
    refused: list[tuple[str, str]]


def send_links(
    *, people: Iterable[StaffMember], premises: Premises, actor: User, now: datetime
) -> Outcome:
    """Send each person a link to training; one who gets none keeps nobody waiting."""
    sent = 0
    refused: list[tuple[str, str]] = []
    for person in people:
        try:
            send_personal_link(
                staff_member=person, premises=premises, actor=actor, now=now
            )
        except TrainingError as refusal:
            refused.append((str(person), str(refusal)))
        else:
            sent += 1
    return Outcome(sent, refused[:REFUSALS_NAMED])
