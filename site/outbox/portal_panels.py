"""What this room shows on pages of other rooms."""

from django.http import HttpRequest  # noqa: TID251 -- the registry hands it through
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.desk import PLACE, desk_line
from accounts.models import User
from accounts.scoping import is_officer
from core import panels
from core.panels import Panel
from outbox import services, standstill
from outbox.enums import MessageState
from outbox.forms import MessageFilter
from outbox.models import CLOCK, Heartbeat, Message


def register_panels() -> None:
    panels.register(PLACE, clock_stands_still, order=1)
    panels.register(PLACE, rounds_in_trouble, order=2)
    panels.register(PLACE, not_delivered, order=60)


def clock_stands_still(request: HttpRequest, officer: User) -> Panel | None:
    """Tell officers that nothing is sent; before the first start there is no clock."""
    beat = Heartbeat.objects.filter(name=CLOCK).first()
    if beat is None or not is_officer(officer):
        return None
    trouble = standstill.since_the_beat(beat.beat_at, now=timezone.now())
    if not trouble:
        return None
    return Panel(
        title=_("Outbox"),
        template="outbox/desk_alarm.html",
        context={"trouble": trouble},
    )


def rounds_in_trouble(request: HttpRequest, officer: User) -> Panel | None:
    """Tell officers that a summary or a reminder told nobody, or too few."""
    if not is_officer(officer):
        return None
    found = services.troubles(now=timezone.now())
    if not found:
        return None
    return Panel(
        title=_("Outbox"),
        template="outbox/desk_alarm.html",
        context={"trouble": " ".join(found.values())},
    )


def not_delivered(request: HttpRequest, officer: User) -> Panel | None:
    lost = Message.objects.visible_to(officer).undelivered()
    return desk_line(
        title=_("Outbox"),
        state=str(MessageState.FAILED.label),
        count=lost.count(),
        url=reverse("outbox:message-list", query={"state": MessageFilter.UNDELIVERED}),
    )
