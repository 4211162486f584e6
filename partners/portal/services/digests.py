"""The weekly summary: one message to each manager, whatever they look after."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User, UserQuerySet
from core.audit import record
from core.languages import spoken
from outbox.models import Message
from outbox.services import begin_round, end_round, queue_message
from partners.portal.models import DigestWish
from partners.portal.summaries import summary_of
from partners.register.models import ManagerLink, Premises

DIGESTS = "digests"


def count_readers(due_at: datetime) -> int:
    """Count who should be told of a week, by another question than the telling asks."""
    covered = Premises.objects.active().filter(
        Q(pk=OuterRef("premises"))
        | Q(region=OuterRef("region"))
        | Q(organisation=OuterRef("organisation"))
    )
    links = ManagerLink.objects.active().filter(Exists(covered), started_at__lt=due_at)
    declined = DigestWish.objects.filter(is_wanted=False)
    people = links.exclude(user__in=declined.values("user"))
    return people.values("user").distinct().count()


def send_digests(*, now: datetime) -> int:
    """Write this week's summaries; return how many are new.

    Not one transaction: killed in between it leaves what was written, and run again it
    writes the rest, as of the moment the round began. A second run writes nothing.
    """
    round_ = begin_round(name=DIGESTS, now=now)
    if round_ is None:
        return 0
    prefix = f"{round_.key}:"
    known = set(Message.objects.keyed(prefix).values_list("dedupe_key", flat=True))
    written = sum(
        _write(manager, f"{prefix}user:{manager.pk}", now=round_.begun_at)
        for manager in _readers(round_.due_at).order_by("pk")
        if f"{prefix}user:{manager.pk}" not in known
    )
    end_round(round_=round_, name=DIGESTS, now=now)
    return written


def _readers(due_at: datetime) -> UserQuerySet:
    """Return managers since before the round was due who did not decline."""
    links = ManagerLink.objects.active().filter(started_at__lt=due_at)
    declined = DigestWish.objects.filter(is_wanted=False)
    return links.people().exclude(pk__in=declined.values("user"))


@transaction.atomic
def _write(manager: User, key: str, *, now: datetime) -> bool:
    managed = Premises.objects.managed_by(manager).active()
    places = list(managed.select_related("area").order_by("name", "pk"))
    if not places:
        return False
    with translation.override(spoken(manager.language)):
        summary = summary_of(places, manager, today=timezone.localdate(now))
    path = reverse("portal:messages", args=[places[0].key])
    message = queue_message(
        dedupe_key=key,
        template="weekly_digest",
        context={
            "name": manager.name,
            "summary": summary,
            "wishes": settings.WAGTAILADMIN_BASE_URL + path,
        },
        recipient=manager,
        # It names people, who are no business of the officers: these read of its fate.
        area=places[0].area,
        about=places[0].key if len(places) == 1 else "",
        is_secret=True,
        now=now,
    )
    return message is not None


@transaction.atomic
def wish(*, user: User, is_wanted: bool, language: str, now: datetime) -> DigestWish:
    """Note whether a manager wants the summary, and the language of all messages."""
    user.language = language
    user.save(update_fields=["language"])
    kept, _is_new = DigestWish.objects.update_or_create(
        user=user, defaults={"is_wanted": is_wanted, "changed_at": now}
    )
    record("digest.wished", user, actor=user, is_wanted=is_wanted, language=language)
    return kept
