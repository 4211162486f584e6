"""The address by which a tester's own calendar learns of appointments."""

from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer, is_tester
from core.audit import record
from partners.visits.models import CalendarFeed, hmac_of
from partners.visits.services.gates import VisitError

TOKEN_BYTES = 24


@transaction.atomic
def make_feed(*, tester: User, now: datetime) -> str:
    """Return the token of a new feed; the tester's one before opens nothing any more.

    The token is known to whoever was given it and to nobody else: only its keyed hash
    is kept.

    :raises VisitError: when the person is not a tester.
    """
    if not is_tester(tester):
        raise VisitError(_("This person is not a tester."))
    User.objects.select_for_update().get(pk=tester.pk)
    _revoke(tester, actor=tester, now=now)
    token = token_urlsafe(TOKEN_BYTES)
    feed = CalendarFeed.objects.create(
        tester=tester, token_hmac=hmac_of(token), made_at=now
    )
    record("calendar_feed.made", feed, actor=tester)
    return token


@transaction.atomic
def revoke_feed(*, tester: User, actor: User, now: datetime) -> None:
    """Close a tester's feed: the tester, or an officer where the tester works.

    A second time changes nothing.

    :raises VisitError: when it is not the actor's to close.
    """
    if actor.pk != tester.pk:
        shared = areas_of(actor).filter(pk__in=areas_of(tester).values("pk"))
        if not is_officer(actor) or not shared.exists():
            raise VisitError(_("This tester works with the officers of another area."))
    _revoke(tester, actor=actor, now=now)


def _revoke(tester: User, *, actor: User, now: datetime) -> None:
    open_feeds = CalendarFeed.objects.select_for_update().current()
    for feed in open_feeds.filter(tester=tester):
        feed.revoked_at = now
        feed.revoked_by = actor
        feed.save(update_fields=["revoked_at", "revoked_by"])
        record("calendar_feed.revoked", feed, actor=actor)
