import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from core.audit import record
from partners.register.enums import PremisesState
from partners.register.models import Premises, Spell, StaffMember
from partners.training.models import PersonalLink
from partners.training.services.refusals import (
    LinkEndedError,
    LinkExpiredError,
    LinkReplacedError,
    LinkUnknownError,
    LinkUsedUpError,
    NotOnTheListError,
    TrainingError,
)

# 192 bits: nobody guesses one, so guesses need not be counted.
TOKEN_BYTES = 24
LINK_DAYS = 30


class IssuedLink(NamedTuple):
    """A link as it is sent. The address is known here and in the message only."""

    link: PersonalLink
    address: str


@transaction.atomic
def make_personal_link(
    *,
    staff_member: StaffMember,
    premises: Premises,
    now: datetime,
    actor: User | None = None,
    job: str = "",
) -> IssuedLink:
    """Make a link with which one person starts training; the one before stops working.

    Whoever is learning by the one before goes on.

    :raises NotOnTheListError: when the person has no post at the premises.
    """
    # Two at once would both be current: the person's row makes them wait in line.
    StaffMember.objects.select_for_update().get(pk=staff_member.pk)
    if not _has_post(staff_member.pk, premises.pk, now):
        raise NotOnTheListError
    PersonalLink.objects.current().filter(
        staff_member=staff_member, premises=premises
    ).update(replaced_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = PersonalLink.objects.create(
        staff_member=staff_member,
        premises=premises,
        token_hmac=_hmac(token),
        made_at=now,
        expires_at=now + timedelta(days=LINK_DAYS),
    )
    record("personallink.made", link, actor=actor, job=job, premises=premises.pk)
    path = reverse("training:go", args=[token])
    return IssuedLink(link, settings.WAGTAILADMIN_BASE_URL + path)


@transaction.atomic
def end_personal_links(
    *, staff_member: StaffMember, premises: Premises, actor: User, now: datetime
) -> int:
    """Take back the person's link; whoever is learning by any of them is signed out."""
    links = PersonalLink.objects.not_ended().filter(
        staff_member=staff_member, premises=premises
    )
    keys = list(links.values_list("pk", flat=True))
    links.update(ended_at=now)
    if keys:
        record("personallinks.ended", premises, actor=actor, links=keys)
    return len(keys)


def link_of(*, token: str, now: datetime) -> PersonalLink:
    """Return the link that somebody opened, if it still works. Changes nothing.

    Mail programs open links by themselves to look at them.

    :raises TrainingError: with one of the classes of links in `refusals`.
    """
    link = PersonalLink.objects.with_person().filter(token_hmac=_hmac(token)).first()
    if link is None:
        raise LinkUnknownError
    if refusal := _refusal(link, now):
        raise refusal
    return link


@transaction.atomic
def sign_in_by_link(*, token: str, is_shared: bool, now: datetime) -> PersonalLink:
    """Return the link that a person signs in with.

    On a device that others use, the link is in its history for the next person to
    open: so it is used up.

    :raises TrainingError: with one of the classes of links in `refusals`.
    """
    locked = PersonalLink.objects.select_for_update().filter(token_hmac=_hmac(token))
    locked.first()
    link = link_of(token=token, now=now)
    if is_shared:
        link.used_up_at = now
        link.save(update_fields=["used_up_at"])
    record("personallink.used", link, is_shared=is_shared)
    return link


def _refusal(link: PersonalLink, now: datetime) -> TrainingError | None:
    if link.ended_at:
        return LinkEndedError()
    if link.replaced_at:
        return LinkReplacedError()
    if link.used_up_at:
        return LinkUsedUpError()
    if link.expires_at <= now:
        return LinkExpiredError()
    if not _has_post(link.staff_member_id, link.premises_id, now):
        return NotOnTheListError()
    return None


def _has_post(staff_member_id: int, premises_id: int, now: datetime) -> bool:
    spells = Spell.objects.open_on_or_after(timezone.localdate(now))
    return spells.filter(
        staff_member=staff_member_id,
        premises=premises_id,
        premises__state=PremisesState.ACTIVE,
    ).exists()


def _hmac(token: str) -> str:
    return salted_hmac(
        "partners.training.personal_link", token, algorithm="sha256"
    ).hexdigest()
