"""What this room shows on pages of other rooms."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Sum
from django.db.models.functions import ExtractHour
from django.http import HttpRequest  # noqa: TID251 -- the registry hands it through
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.scoping import areas_of, is_officer
from campaigns.guidance.models import Campaign
from campaigns.guidance.panels import CAME_OF_IT, CAMPAIGN_DESK
from campaigns.guidance.rendering import figure
from core import panels
from core.panels import Panel
from media.codes.models import ScanCount
from media.codes.rules import banded

# The parts of the day that officers plan by, each six hours long.
PARTS_OF_DAY = (
    gettext_lazy("Midnight to 6"),
    gettext_lazy("6 to midday"),
    gettext_lazy("Midday to 6"),
    gettext_lazy("6 to midnight"),
)


def register_panels() -> None:
    panels.register(CAMPAIGN_DESK, openings, order=46)
    panels.register(CAME_OF_IT, poster_openings, order=30)


def openings(request: HttpRequest, campaign: Campaign) -> Panel | None:
    """Band how often codes were opened in the officer's own areas, by part of day."""
    if not is_officer(request.user):
        return None
    now = timezone.now()
    hours = (
        ScanCount.objects.of_campaign(campaign, now)
        .filter(code__area__in=areas_of(request.user))
        .annotate(hour_of_day=ExtractHour("hour"))
        .values_list("hour_of_day")
        .annotate(total=Sum("n"))
    )
    totals = _by_part_of_day(hours.order_by())
    return Panel(
        title=_("Codes opened"),
        template="codes/campaign_openings.html",
        context={
            "total": banded(totals.total()),
            "parts": [
                (name, banded(totals[part])) for part, name in enumerate(PARTS_OF_DAY)
            ],
            "until": now.replace(minute=0, second=0, microsecond=0),
        },
    )


def _by_part_of_day(hours: Iterable[tuple[int, int]]) -> Counter[int]:
    totals: Counter[int] = Counter()
    for hour_of_day, total in hours:
        totals[hour_of_day // 6] += total
    return totals


def poster_openings(request: HttpRequest, campaign: Campaign) -> Panel | None:
    """Tell everybody how often codes were opened while it ran."""
    opened = ScanCount.objects.of_campaign(campaign, campaign.closes_at)
    total = opened.aggregate(total=Sum("n"))["total"] or 0
    return figure(number=total, words=_("times a poster's code was opened"))
