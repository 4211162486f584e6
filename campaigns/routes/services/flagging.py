from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import OFFICER_ROLES
from accounts.models import User
from accounts.scoping import areas_of
from campaigns.routes.enums import CONTACT_KINDS, FlagKind
from campaigns.routes.models import Route, RouteFlag
from campaigns.routes.rendering import is_too_old
from campaigns.routes.rules import GRACE_DAYS
from core.audit import record
from core.enums import AreaKind
from outbox.services import queue_message

JOB = "campaigns.routes.tasks.flag_overdue_routes"


@transaction.atomic
def flag_overdue_routes(*, now: datetime) -> list[RouteFlag]:
    """Flag what is past its day and what the public no longer sees; tell the officers.

    Once for each route, kind and day it began: a second run flags and tells nothing.
    Protected routes are flagged like the others. Audited.
    """
    today = timezone.localdate(now)
    flags = [
        flag
        for route in Route.objects.overdue(today).order_by("position", "pk")
        for flag in _flags_of(route, today, now)
    ]
    tell_officers(flags, now=now)
    return flags


def raise_flag(
    route: Route, *, kind: FlagKind, since: date, now: datetime, job: str
) -> RouteFlag | None:
    """Write down that officers are told of this, once; None when they have been."""
    flag, is_new = RouteFlag.objects.get_or_create(
        route=route, kind=kind, since=since, defaults={"flagged_at": now}
    )
    if not is_new:
        return None
    record("route.flagged", route, job=job, kind=kind, since=since.isoformat())
    return flag


def tell_officers(flags: Sequence[RouteFlag], *, now: datetime) -> int:
    """Tell each officer of all new flags in one message; return how many are told.

    Local routes go to the officers of their area, national ones to those who work for
    a whole force, or to all when nobody does.
    """
    if not flags:
        return 0
    names = dict(
        Route.objects.with_overview()
        .filter(pk__in=[flag.route_id for flag in flags])
        .values_list("pk", "english_name")
    )
    officers = list(
        User.objects.with_role(*OFFICER_ROLES).filter(is_active=True).order_by("pk")
    )
    nationals = _who_hear_of_national(officers)
    messages = [
        queue_message(
            dedupe_key=f"routes-flagged:{flags[0].pk}:user:{officer.pk}",
            template="routes_flagged",
            context={
                "name": officer.name,
                "lines": [
                    (names[flag.route_id], FlagKind(flag.kind).label, flag.since)
                    for flag in own
                ],
                "address": settings.WAGTAILADMIN_BASE_URL
                + reverse("route_checks:list"),
            },
            recipient=officer,
            area=officer.areas.order_by("pk").first(),
            now=now,
        )
        for officer in officers
        if (own := _of(officer, flags, hears_national=officer.pk in nationals))
    ]
    return sum(message is not None for message in messages)


def _flags_of(route: Route, today: date, now: datetime) -> list[RouteFlag]:
    found = [(FlagKind.OVERDUE, route.check_by)]
    if is_too_old(route, today=today):
        oldest = min(
            fact.check_by
            for fact in route.facts.all()
            if fact.check_by and fact.kind in CONTACT_KINDS
        )
        found.append((FlagKind.REPLACED, oldest + timedelta(days=GRACE_DAYS + 1)))
    flags = (
        raise_flag(route, kind=kind, since=since, now=now, job=JOB)
        for kind, since in found
    )
    return [flag for flag in flags if flag is not None]


def _who_hear_of_national(officers: Sequence[User]) -> set[int]:
    all_of_them = {officer.pk for officer in officers}
    of_a_force = User.objects.filter(
        pk__in=all_of_them, areas__kind=AreaKind.FORCE
    ).values_list("pk", flat=True)
    return set(of_a_force) or all_of_them


def _of(
    officer: User, flags: Sequence[RouteFlag], *, hears_national: bool
) -> list[RouteFlag]:
    own = set(areas_of(officer).values_list("pk", flat=True))
    return [
        flag
        for flag in flags
        if (hears_national if flag.route.area_id is None else flag.route.area_id in own)
    ]
