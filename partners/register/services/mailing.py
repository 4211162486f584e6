from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.guidance.enums import CampaignState
from campaigns.guidance.models import Campaign
from core.audit import record
from core.jobs import enqueue_on_commit
from outbox.models import Message
from outbox.services import queue_message
from partners.register.enums import Reach
from partners.register.models import (
    Mailing,
    MailingRecipient,
    ManagerLink,
    Premises,
)
from partners.register.rendering import MAILING_TEMPLATE, mailing_context
from partners.register.services.errors import RegisterError

# How long a mailing is looked after when its job was killed.
TAKEN_UP_FOR = timedelta(days=7)


class Reader(NamedTuple):
    """A manager who would get a mailing, and the premises on whose account."""

    user: User
    premises: Premises


def recipients_of(
    *, campaign: Campaign, officer: User, kinds: Collection[str]
) -> list[Reader]:
    """List each manager once whom an officer may write to about a campaign.

    They look after active premises where the campaign reaches into the officer's own
    areas; the premises named first stand for all of a manager's.
    """
    premises = Premises.objects.active().filter(
        area__in=campaign.areas_seen_by(officer)
    )
    if kinds:
        premises = premises.filter(kind__in=kinds)
    by_reach: dict[tuple[Reach, int | None], list[User]] = defaultdict(list)
    links = ManagerLink.objects.active().select_related("user").order_by("pk")
    for link in links:
        by_reach[(link.reach, link.whole_id)].append(link.user)
    readers: dict[int, Reader] = {}
    for one in premises.select_related("area").order_by("name", "pk"):
        for reach, pk in one.reaches():
            for user in by_reach.get((reach, pk), []):
                readers.setdefault(user.pk, Reader(user, one))
    return list(readers.values())


@transaction.atomic
def confirm_mailing(
    *,
    key: str,
    campaign: Campaign,
    officer: User,
    subject: str,
    words: str,
    kinds: Collection[str],
    now: datetime,
) -> Mailing:
    """Fix what is sent and to whom, and have it sent. It is never changed after.

    The same key again gives the mailing that was confirmed with it.

    :raises RegisterError: the campaign is over, or nobody would get it.
    """
    mailing = Mailing.objects.filter(
        key=key, campaign=campaign, written_by=officer
    ).first()
    if mailing is not None:
        return mailing
    if campaign.state_at(now) == CampaignState.OVER:
        raise RegisterError(_("This campaign is over, so nothing more is sent for it."))
    readers = recipients_of(campaign=campaign, officer=officer, kinds=kinds)
    if not readers:
        raise RegisterError(_("Nobody would get this: choose other kinds of premises."))
    mailing = Mailing.objects.create(
        key=key,
        campaign=campaign,
        subject=" ".join(subject.split()),
        words=words.strip(),
        kinds=sorted(kinds),
        written_by=officer,
        confirmed_at=now,
    )
    MailingRecipient.objects.bulk_create(
        MailingRecipient(mailing=mailing, user=reader.user, premises=reader.premises)
        for reader in readers
    )
    record(
        "mailing.confirmed",
        mailing,
        actor=officer,
        campaign=campaign.pk,
        recipients=len(readers),
    )
    enqueue_on_commit("partners.register.tasks.send_mailing", mailing_id=mailing.pk)
    return mailing


def send_mailing(*, mailing: Mailing, now: datetime) -> int:
    """Write the messages that are not in the outbox yet; return how many.

    Not one transaction: killed in between, it leaves what was written, and run again it
    writes the rest. The outbox refuses a second message to a person by its key.
    """
    prefix = f"mailing:{mailing.key}:"
    known = set(
        Message.objects.filter(dedupe_key__startswith=prefix).values_list(
            "dedupe_key", flat=True
        )
    )
    recipients = mailing.recipients.filter(user__is_active=True).select_related(
        "mailing__campaign", "user", "premises__area"
    )
    written = 0
    for recipient in recipients.order_by("pk"):
        if recipient.dedupe_key not in known and _queue(recipient, now=now):
            written += 1
    if written:
        record("mailing.sent", mailing, job="send_mailing", messages=written)
    return written


def _queue(recipient: MailingRecipient, *, now: datetime) -> bool:
    mailing = recipient.mailing
    message = queue_message(
        dedupe_key=recipient.dedupe_key,
        template=MAILING_TEMPLATE,
        context=mailing_context(
            subject=mailing.subject,
            words=mailing.words,
            premises_name=recipient.premises.name,
        ),
        recipient=recipient.user,
        area=recipient.premises.area,
        now=now,
    )
    return message is not None


def finish_mailings(*, now: datetime) -> int:
    """Send what is left of recent mailings; return how many messages were missing."""
    recent = Mailing.objects.filter(confirmed_at__gt=now - TAKEN_UP_FOR)
    return sum(
        send_mailing(mailing=mailing, now=now) for mailing in recent.order_by("pk")
    )
