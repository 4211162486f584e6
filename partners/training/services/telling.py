"""How a person on a staff list is written to, and in which language."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from outbox.channels import can_send
from outbox.enums import Channel, MessageState
from outbox.models import Message
from outbox.services import queue_message
from partners.register.models import Premises, StaffMember
from partners.training.services.personal_links import make_personal_link
from partners.training.services.refusals import NoAddressError, TrainingError


class Way(NamedTuple):
    """By which channel, and to which address or number."""

    channel: Channel
    address: str


def ways_to(people: Iterable[StaffMember]) -> dict[int, Way]:
    """Return how each person can be written to, by key; some cannot be at all.

    E-mail comes first. An address that came back is not tried again: the number is, if
    there is one. One query for any number of people.
    """
    people = list(people)
    addresses = {one.email for one in people} | {one.phone for one in people}
    dead = set(
        Message.objects.filter(
            state=MessageState.BOUNCED, address__in=addresses - {""}
        ).values_list("address", flat=True)
    )
    ways = {person.pk: _way(person, dead) for person in people}
    return {pk: way for pk, way in ways.items() if way is not None}


def _way(person: StaffMember, dead: set[str]) -> Way | None:
    by_channel = (Way(Channel.EMAIL, person.email), Way(Channel.SMS, person.phone))
    for way in by_channel:
        if way.address and way.address not in dead and can_send(way.channel):
            return way
    return None


def tell(
    *,
    person: StaffMember,
    way: Way,
    premises: Premises,
    template: str,
    dedupe_key: str,
    context: dict[str, Any],
    now: datetime,
) -> Message | None:
    """Write to a person on a staff list, once per key; officers never read it.

    It is secret because it holds a name: names live in the staff list and nowhere else.
    """
    facts = {"person": person, "premises": premises, **context}
    return queue_message(
        dedupe_key=dedupe_key,
        template=template,
        context=facts,
        address=way.address,
        channel=way.channel,
        about=premises.key,
        reader=person.key,
        language=person.language,
        is_secret=True,
        area=None,
        now=now,
    )


@transaction.atomic
def send_personal_link(
    *, staff_member: StaffMember, premises: Premises, actor: User, now: datetime
) -> Message:
    """Send a person a link to start training, by e-mail or text message.

    :raises NoAddressError: when there is nothing to write to.
    :raises TrainingError: when the person has no post there, or had a link just now.
    """
    way = ways_to([staff_member]).get(staff_member.pk)
    if way is None:
        raise NoAddressError
    issued = make_personal_link(
        staff_member=staff_member, premises=premises, actor=actor, now=now
    )
    # A button pressed twice is one message: the key counts the minutes, not the links.
    message = tell(
        person=staff_member,
        way=way,
        premises=premises,
        template="personal_link",
        dedupe_key=f"personal-link:{staff_member.pk}:{premises.pk}:{now:%Y%m%d%H%M}",
        context={"issued": issued},
        now=now,
    )
    if message is None:
        raise TrainingError(_("A link was sent to this person a moment ago."))
    return message
