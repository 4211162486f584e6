from datetime import datetime, timedelta

from django.http import HttpRequest  # noqa: TID251 -- given by the panel registry
from django.utils import timezone
from django.utils.translation import gettext as _

from core import panels
from core.panels import Panel
from media.codes.models import Code
from media.codes.rules import banded
from partners.register.models import Premises

DAYS_COUNTED = 30


def register_panels() -> None:
    panels.register("premises.home", posters_panel, order=40)


def posters_panel(request: HttpRequest, premises: Premises) -> Panel:
    """Show a manager the posters and, in bands and a day late, how often they open."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    codes = list(
        Code.objects.filter(premises=premises)
        .on_walls()
        .with_openings(today - timedelta(days=DAYS_COUNTED), today)
        .order_by("-issued_at", "-pk")
    )
    return Panel(
        title=_("Posters"),
        template="codes/panels/posters.html",
        context={
            "premises": premises,
            "codes": codes,
            "openings": banded(sum(_openings(code) for code in codes)),
            "days": DAYS_COUNTED,
            "until": _yesterday(today),
        },
    )


def _openings(code: Code) -> int:
    count: int = code.__dict__["openings"]
    return count


def _yesterday(today: datetime) -> datetime:
    return today - timedelta(days=1)
