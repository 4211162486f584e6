"""The campaigns we ship: planned for their next season, their pages drafts."""

import tomllib
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from campaigns.guidance import seasons
from campaigns.guidance.loading import page_values
from campaigns.guidance.models import (
    Campaign,
    CampaignMaterial,
    CampaignPage,
    CampaignsPage,
    HomePage,
)
from campaigns.learning.models import Module
from campaigns.routes.models import Route
from core.audit import record
from core.models import Installation

CONTENT = Path(__file__).parent / "content" / "campaigns.toml"


@transaction.atomic
def load_campaigns(*, now: datetime, path: Path = CONTENT) -> list[str]:
    """Add the page of all campaigns and the campaigns that are not there yet.

    The pages, routes and modules come before. A campaign that is there is left alone.
    Returns the short names of the new ones.
    """
    content = tomllib.loads(path.read_text())
    _ensure_index(content["index"], now=now)
    known = set(Campaign.objects.values_list("slug", flat=True))
    new = [entry for entry in content["campaign"] if entry["slug"] not in known]
    for entry in new:
        _add(entry, now=now)
    slugs = [entry["slug"] for entry in new]
    if slugs:
        record("campaigns.loaded", Installation(pk=1), job=__name__, campaigns=slugs)
    return slugs


def _ensure_index(entry: dict[str, Any], *, now: datetime) -> None:
    home = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    if CampaignsPage.objects.child_of(home).exists():
        return
    page = CampaignsPage(**page_values(entry | {"section": []}), locale=home.locale)
    page.first_published_at = now
    home.add_child(instance=page)
    page.save_revision().publish()


def _add(entry: dict[str, Any], *, now: datetime) -> None:
    opens_at, closes_at = _next_season(entry["opens"], entry["closes"], now=now)
    campaign = Campaign.objects.create(
        name=entry["name"],
        slug=entry["slug"],
        theme=entry["theme"],
        audiences=entry["audience"],
        opens_at=opens_at,
        closes_at=closes_at,
    )
    campaign.routes.set(Route.objects.filter(key__in=entry["routes"]))
    campaign.modules.set(Module.objects.filter(slug__in=entry["modules"]))
    CampaignMaterial.objects.bulk_create(
        CampaignMaterial(
            campaign=campaign,
            position=position,
            title=material["title"],
            note=material["note"],
        )
        for position, material in enumerate(entry["material"], start=1)
    )
    seasons.begin_page(campaign=campaign, actor=None, now=now)
    _write(campaign, entry["page"] | {"slug": entry["slug"]})


def _write(campaign: Campaign, entry: dict[str, Any]) -> None:
    """Put our words on the draft."""
    page = CampaignPage.objects.get(own_campaign=campaign)
    for name, value in page_values(entry).items():
        setattr(page, name, value)
    page.save()
    page.save_revision()


def _next_season(
    opens: str, closes: str, *, now: datetime
) -> tuple[datetime, datetime]:
    """Return the first season that begins after now, from midnight to midnight."""
    year = timezone.localdate(now).year
    opens_at = _midnight(opens, year)
    if opens_at <= now:
        opens_at = _midnight(opens, year := year + 1)
    closes_at = _midnight(closes, year)
    if closes_at <= opens_at:
        closes_at = _midnight(closes, year + 1)
    return opens_at, closes_at


def _midnight(month_and_day: str, year: int) -> datetime:
    day = datetime.fromisoformat(f"{year}-{month_and_day}").date()
    return timezone.make_aware(datetime.combine(day, time()))
