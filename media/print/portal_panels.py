from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum
from django.http import HttpRequest  # noqa: TID251 -- given by the panel registry
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.scoping import is_officer
from campaigns.guidance.models import Campaign
from campaigns.guidance.panels import CAMPAIGN_DESK
from campaigns.learning.models import Module
from core import panels
from core.panels import Panel
from media.codes.models import Code
from media.codes.rules import banded
from partners.register.models import Premises
from partners.visits.models import TestVisit

DAYS_COUNTED = 30


def register_panels() -> None:
    panels.register("premises.home", posters_panel, order=40)
    panels.register("premises.home", slips_panel, order=30)
    panels.register("premises.home", team_talks_panel, order=35)
    panels.register("premises.home", evidence_panel, order=45)
    panels.register("visits.feedback", letter_panel, order=10)
    panels.register(CAMPAIGN_DESK, campaign_posters, order=45)


def posters_panel(request: HttpRequest, premises: Premises) -> Panel:
    """Show a manager the posters and, in bands and a day late, how often they open."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    since = midnight - timedelta(days=DAYS_COUNTED)
    counted = Sum("scan_counts__n", filter=_within(since, midnight))
    codes = list(
        premises.codes.on_walls()
        .annotate(openings=counted)
        .order_by("-issued_at", "-pk")
    )
    opened = sum(getattr(code, "openings", None) or 0 for code in codes)
    return Panel(
        title=_("Posters"),
        template="print/panels/posters.html",
        context={
            "premises": premises,
            "codes": codes,
            "openings": banded(opened),
            "days": DAYS_COUNTED,
            "until": midnight - timedelta(days=1),
        },
    )


def _within(since: datetime, until: datetime) -> Q:
    return Q(scan_counts__hour__gte=since, scan_counts__hour__lt=until)


def evidence_panel(request: HttpRequest, premises: Premises) -> Panel:
    return Panel(
        title=_("Evidence for licensing and insurers"),
        template="print/panels/evidence.html",
        context={"premises": premises},
    )


def letter_panel(request: HttpRequest, visit: TestVisit) -> Panel:
    return Panel(
        title=_("A letter for your team"),
        template="print/panels/letter.html",
        context={"visit": visit},
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


def team_talks_panel(request: HttpRequest, premises: Premises) -> Panel | None:
    """Offer the modules as sheets to talk through with a team."""
    modules = [*Module.objects.taught().order_by("title", "pk")]
    if not modules:
        return None
    return Panel(
        title=_("Sheets for team talks"),
        template="print/panels/team_talks.html",
        context={"premises": premises, "modules": modules},
    )


def campaign_posters(request: HttpRequest, campaign: Campaign) -> Panel | None:
    """Count the posters made since it opened, in the officer's own areas."""
    if not is_officer(request.user):
        return None
    made = (
        Code.objects.visible_to(request.user)
        .of_campaign(campaign)
        .filter(issued_at__gte=campaign.opens_at, issued_at__lt=campaign.closes_at)
    )
    return Panel(
        title=_("Posters"),
        template="print/panels/campaign.html",
        context=made.aggregate(
            made=Count("pk"),
            places=Count("premises", distinct=True),
            on_walls=Count("pk", filter=Q(retired_on__isnull=True)),
        ),
    )
