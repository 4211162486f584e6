"""Nobody is left who can be reached about premises: officers are told once."""

from collections import defaultdict
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.enums import OFFICER_ROLES
from accounts.models import User, UserQuerySet
from core.audit import record
from core.models import Area
from outbox.services import queue_message
from partners.register.enums import AlarmCause, ManagerState
from partners.register.models import (
    ManagerAlarm,
    ManagerLink,
    Premises,
    PremisesQuerySet,
)

NAMED_IN_MESSAGE = 20


@transaction.atomic
def look_for_managers(
    *, premises: PremisesQuerySet, now: datetime
) -> list[ManagerAlarm]:
    """Compare some premises with their alarms: raise what is new, settle what is over.

    Returns the alarms raised. Premises that never had a manager raise none: somebody
    is still to be invited there. One event is one alarm, however often this runs.
    """
    active = premises.active()
    in_need = {
        AlarmCause.NOBODY: active.that_lost_their_managers(),
        AlarmCause.NO_MAIL: active.whose_managers_get_no_mail(),
    }
    raised: list[ManagerAlarm] = []
    for cause, found in in_need.items():
        open_here = ManagerAlarm.objects.open().filter(
            cause=cause, premises__in=premises.values("pk")
        )
        over = open_here.exclude(premises__in=found.values("pk"))
        over.update(settled_at=now)
        known = open_here.values("premises")
        missing = found.exclude(pk__in=known).select_related("area__parent")
        for one in missing.order_by("pk"):
            alarm, is_new = ManagerAlarm.objects.get_or_create(
                premises=one,
                cause=cause,
                settled_at__isnull=True,
                defaults={"raised_at": now},
            )
            if is_new:
                raised.append(alarm)
                record("premises.without_manager", one, job="alarms", cause=cause)
    _tell_officers(raised, now=now)
    return raised


def look_at_premises_of(*, user: User, now: datetime) -> list[ManagerAlarm]:
    """Look again at what a person looks after, closed account or not."""
    links = ManagerLink.objects.open().filter(user=user)
    return look_for_managers(premises=Premises.objects.with_links(links), now=now)


def manager_bounced(*, user: User, now: datetime) -> list[ManagerAlarm]:
    """Raise the alarm where mail to a person came back and nobody else gets any.

    The outbox's own state of the message decides, so call this after it is saved.
    """
    return look_at_premises_of(user=user, now=now)


def watch_over_premises(*, now: datetime) -> int:
    """Look at all premises; return how many alarms are new.

    It finds what no call brought here: an account that was closed, mail that failed.
    """
    return len(look_for_managers(premises=Premises.objects.all(), now=now))


def officers_of(area: Area) -> UserQuerySet:
    """Return the active officers who see an area, each once."""
    areas = [area, *filter(None, [area.parent])]
    officers: UserQuerySet = User.objects.with_role(*OFFICER_ROLES).filter(
        areas__in=areas
    )
    return officers.filter(is_active=True).distinct().order_by("pk")


def _tell_officers(raised: list[ManagerAlarm], *, now: datetime) -> None:
    """Write one message for each officer, however many premises one event touches."""
    by_area: dict[tuple[Area, str], list[ManagerAlarm]] = defaultdict(list)
    for alarm in raised:
        by_area[(alarm.premises.area, alarm.cause)].append(alarm)
    for (area, cause), alarms in by_area.items():
        list_url = reverse(
            "officer-premises:list", query={"managers": ManagerState.ALARM}
        )
        context = {
            "premises": [alarm.premises for alarm in alarms[:NAMED_IN_MESSAGE]],
            "count": len(alarms),
            "more": max(0, len(alarms) - NAMED_IN_MESSAGE),
            "area": area,
            "cause": cause,
            "last_managers": _last_managers(alarms),
            "link": settings.WAGTAILADMIN_BASE_URL + list_url,
        }
        for officer in officers_of(area):
            queue_message(
                dedupe_key=f"manager-alarm:{alarms[0].pk}:user:{officer.pk}",
                template="manager_alarm",
                context=context,
                recipient=officer,
                area=area,
                now=now,
            )


def _last_managers(alarms: list[ManagerAlarm]) -> list[User]:
    """Name who looked after the first of them last: somebody to ring."""
    links = ManagerLink.objects.of_premises(alarms[0].premises).select_related("user")
    return [link.user for link in links.order_by("-ended_at", "-pk")[:1]]
