"""Campaigns of the county: one that is over, one that runs, one that is to come."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

from campaigns.guidance.models import Campaign, CampaignPage


class Season(NamedTuple):
    """When a campaign opens and closes, in days from the county's own day."""

    opens: int
    closes: int
    what_came_of_it: str = ""


SEASONS = {
    "long-evenings": Season(
        opens=-150,
        closes=-80,
        what_came_of_it=(
            "Takeaways and shops in all four districts put up the sheet. Staff told us "
            "that the words on it helped them to ring.\n\n"
            "We learned that many did not know they may ring without being sure. That "
            "sentence now stands first on each poster."
        ),
    ),
    "hotels-that-ask": Season(opens=-35, closes=40),
    "a-safe-lift-home": Season(opens=45, closes=120),
}


def hold_seasons(today: date) -> None:
    """Move the shipped campaigns to the county's own time and publish their pages."""
    for slug, season in SEASONS.items():
        campaign = Campaign.objects.get(slug=slug)
        campaign.opens_at = _midnight(today + timedelta(days=season.opens))
        campaign.closes_at = _midnight(today + timedelta(days=season.closes))
        campaign.what_came_of_it = season.what_came_of_it
        campaign.save(update_fields=["opens_at", "closes_at", "what_came_of_it"])
        page = CampaignPage.objects.get(own_campaign=campaign)
        page.get_latest_revision().publish()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
