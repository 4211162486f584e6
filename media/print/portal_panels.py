from datetime import timedelta

from django.db.models import Sum
from django.http import HttpRequest  # noqa: TID251 -- given by the panel registry
from django.utils import timezone
from django.utils.translation import gettext as _

from core import panels
from core.panels import Panel
from media.codes.models import ScanCount
from media.codes.rules import banded
from partners.register.models import Premises

DAYS_COUNTED = 30


def register_panels() -> None:
    panels.register("premises.home", posters_panel, order=40)
    panels.register("premises.home", slips_panel, order=30)


def posters_panel(request: HttpRequest, premises: Premises) -> Panel:
    """Show a manager the posters and, in bands and a day late, how often they open."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    since = midnight - timedelta(days=DAYS_COUNTED)
    codes = list(premises.codes.on_walls().order_by("-issued_at", "-pk"))
    opened = ScanCount.objects.filter(
        code__in=codes, hour__gte=since, hour__lt=midnight
    ).aggregate(n=Sum("n"))
    return Panel(
        title=_("Posters"),
        template="print/panels/posters.html",
        context={
            "premises": premises,
            "codes": codes,
            "openings": banded(opened["n"] or 0),
            "days": DAYS_COUNTED,
            "until": midnight - timedelta(days=1),
        },
    )


def slips_panel(request: HttpRequest, premises: Premises) -> Panel | None:
    """Offer slips for everybody in post, as soon as there is somebody."""
    in_post = premises.spells.in_post(timezone.localdate())
    people = in_post.values("staff_member").distinct().count()
    if not people:
        return None
    return Panel(
        title=_("Slips to sign in and learn"),
        template="print/panels/slips.html",
        context={"premises": premises, "people": people},
    )
