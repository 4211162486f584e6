"""What this room shows on the manager's home beside its own."""

from datetime import timedelta

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest  # noqa: TID251 -- the registry hands it through
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.guidance.models import bulletin_lines, issued_bulletins
from core import panels
from core.panels import Panel
from partners.portal.ledger import undelivered_of
from partners.portal.models import BulletinReading
from partners.register.models import Premises

LATELY = timedelta(days=30)
BULLETINS_SHOWN = 3


def register_panels() -> None:
    panels.register("premises.home", came_back, order=5)
    panels.register("premises.home", bulletins, order=25)
    panels.register("premises.officer", bulletins_read, order=30)


def came_back(request: HttpRequest, premises: Premises) -> Panel | None:
    """Say that people were not reached; nothing when everything arrived."""
    lost = undelivered_of(premises, since=timezone.now() - LATELY).count()
    if not lost:
        return None
    return Panel(
        title=_("Messages that did not arrive"),
        template="portal/undelivered_panel.html",
        context={"premises": premises, "number": lost},
    )


def bulletins(request: HttpRequest, premises: Premises) -> Panel | None:
    """Show the newest bulletins, and ask the manager to say what is read."""
    own = BulletinReading.objects.filter(
        premises=premises,
        reader=request.user.pk,
        bulletin=OuterRef("translation_key"),
        issued_on=OuterRef("issued_on"),
    )
    newest = issued_bulletins(today=timezone.localdate()).annotate(
        read_at=Subquery(own.values("read_at")[:1])
    )
    lines = bulletin_lines(newest[:BULLETINS_SHOWN], "read_at")
    if not lines:
        return None
    return Panel(
        title=_("Bulletins"),
        template="portal/bulletins_panel.html",
        context={"premises": premises, "bulletins": lines},
    )


def bulletins_read(request: HttpRequest, premises: Premises) -> Panel | None:
    """Show officers which managers have read the newest bulletins."""
    newest = issued_bulletins(today=timezone.localdate())[:BULLETINS_SHOWN]
    lines = bulletin_lines(newest)
    if not lines:
        return None
    readings = BulletinReading.objects.filter(
        premises=premises, bulletin__in=[line["translation_key"] for line in lines]
    )
    read: dict[tuple[object, object], list[BulletinReading]] = {}
    for reading in readings.select_related("reader").order_by("read_at", "pk"):
        read.setdefault((reading.bulletin, reading.issued_on), []).append(reading)
    return Panel(
        title=_("Bulletins read"),
        template="portal/bulletins_read_panel.html",
        context={
            "bulletins": [
                (line, read.get((line["translation_key"], line["issued_on"]), []))
                for line in lines
            ]
        },
    )
