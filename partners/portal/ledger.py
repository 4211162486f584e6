"""What a manager reads of messages: who was told what, and whether it arrived."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outbox.enums import UNDELIVERED_STATES, MessageState
from outbox.kinds import kind_title
from outbox.models import Message, MessageQuerySet
from partners.register.models import ManagerLink, Premises, StaffMember
from partners.training.models import PersonalLink
from partners.training.models.personal_links import PersonalLinkQuerySet

DIGEST = "weekly_digest"
TONES = {
    MessageState.QUEUED: "none",
    MessageState.SENDING: "none",
    MessageState.SENT: "none",
    MessageState.DELIVERED: "good",
    MessageState.BOUNCED: "gap",
    MessageState.FAILED: "warn",
}
# In words for the manager: what the mail server said is for the officer's list.
HINTS = {
    MessageState.BOUNCED: _("There is no such address. Ask for the right one."),
    MessageState.FAILED: _("It could not be delivered. We do not try again."),
}


@dataclass(frozen=True)
class LedgerRow:
    """One message as its premises' managers see it: never its words."""

    message: Message
    who: str
    kind: str
    tone: str
    hint: str


def messages_of(premises: Premises) -> MessageQuerySet:
    """Return what was told about a place, and summaries of several to its managers."""
    managers = ManagerLink.objects.reaching(premises).values("user")
    of_several = Q(template=DIGEST, about="", recipient__in=managers)
    return _of_this_owner(premises, Q(about=premises.key) | of_several)


def undelivered_of(premises: Premises, *, since: datetime) -> MessageQuerySet:
    """Return what did not arrive lately, summaries of several places left out."""
    lost = Q(about=premises.key, state__in=UNDELIVERED_STATES, queued_at__gt=since)
    return _of_this_owner(premises, lost)


def _of_this_owner(premises: Premises, about: Q) -> MessageQuerySet:
    return Message.objects.filter(about, premises.not_before_sale("queued_at"))


def ledger_rows(messages: Iterable[Message]) -> list[LedgerRow]:
    """Put names to messages; one query for any number."""
    messages = list(messages)
    keys = {message.reader for message in messages} - {""}
    people = StaffMember.objects.filter(key__in=keys)
    names = {person.key: str(person) for person in people}
    return [
        LedgerRow(
            message=message,
            who=names.get(message.reader) or str(message.recipient or ""),
            kind=kind_title(message.template),
            tone=TONES[MessageState(message.state)],
            hint=str(HINTS.get(MessageState(message.state), "")),
        )
        for message in messages
    ]


def links_that_work(premises: Premises, now: datetime) -> PersonalLinkQuerySet:
    """Return the personal links of a place that somebody could open now."""
    links = PersonalLink.objects.current().filter(
        premises=premises,
        staff_member__organisation=premises.organisation_id,
        expires_at__gt=now,
        used_up_at__isnull=True,
    )
    return links.select_related("staff_member").order_by("-made_at", "-pk")
