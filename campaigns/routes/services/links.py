import time
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from campaigns.routes.enums import FAILING_LINKS, FactKind, FlagKind, LinkStatus
from campaigns.routes.models import RouteFact, RouteFlag
from campaigns.routes.probing import Probe, probe
from campaigns.routes.services.flagging import raise_flag, tell_officers
from core.audit import record

JOB = "campaigns.routes.tasks.check_links"


def check_links(*, now: datetime) -> list[RouteFlag]:
    """Ask every web address of a route, one at a time, and tell officers what failed.

    A pause stands between two addresses of one host. All are asked before anything is
    written: a run that is cut short leaves no failure of which nobody was told.
    """
    facts = RouteFact.objects.filter(kind=FactKind.WEB).select_related("route")
    last_host = ""
    answers = []
    for fact in sorted(facts, key=lambda fact: (_host(fact), fact.pk)):
        if _host(fact) == last_host:
            time.sleep(settings.ROUTE_LINK_PAUSE)
        last_host = _host(fact)
        answers.append((fact, probe(fact.value)))
    return note_links(answers=answers, now=now)


@transaction.atomic
def note_links(
    *, answers: Sequence[tuple[RouteFact, Probe]], now: datetime
) -> list[RouteFlag]:
    """Write down how addresses answered, and tell officers of failures that are new."""
    flags = [
        flag
        for fact, answer in answers
        if (flag := note_link(fact=fact, answer=answer, now=now))
    ]
    tell_officers(flags, now=now)
    return flags


@transaction.atomic
def note_link(*, fact: RouteFact, answer: Probe, now: datetime) -> RouteFlag | None:
    """Write down how an address answered; a failure that is new is flagged.

    Left alone when somebody has changed the address while it was asked. Audited when
    it begins to fail, begins to refuse robots, and when it answers again. A refusal is
    no failure, and does not say that one is over either.
    """
    same = RouteFact.objects.filter(pk=fact.pk, value=fact.value)
    # Not `save`: the public does not read this, and pages in memory stay as they are.
    changed = same.update(
        link_status=answer.status, link_detail=answer.detail, link_checked_at=now
    )
    verb = _verb(answer.status)
    if not changed or verb == _verb(fact.link_status):
        return None
    record(verb, fact.route, job=JOB, fact=fact.pk, detail=answer.detail)
    if answer.status not in FAILING_LINKS:
        return None
    today = timezone.localdate(now)
    return raise_flag(fact.route, kind=FlagKind.LINK, since=today, now=now, job=JOB)


def _verb(status: str) -> str:
    """Return what is written down when an address comes to answer like this.

    One that nobody has asked yet counts as answering.
    """
    if status in FAILING_LINKS:
        return "route.link_failed"
    if status == LinkStatus.REFUSES:
        return "route.link_refuses"
    return "route.link_answers"


def _host(fact: RouteFact) -> str:
    return urlsplit(fact.value).hostname or ""
