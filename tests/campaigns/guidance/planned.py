"""A small site with one planned campaign of one area, for tests of who sees it."""

from datetime import UTC, datetime

from wagtail.models import Page

from campaigns.guidance import seasons
from campaigns.guidance.models import Campaign, CampaignPage, CampaignsPage, HomePage
from campaigns.guidance.services import grant_permissions
from core.models import Area
from tests.factories.guidance import CampaignFactory

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2990, 1, 1, tzinfo=UTC)
FARTHER = datetime(2999, 1, 1, tzinfo=UTC)
NAME = "Quokka season"


def plan_campaign(area: Area, now: datetime) -> Campaign:
    """Return a planned campaign with a draft page; everybody's rights are given."""
    home = HomePage(title="Home", slug="start", heading="Home")
    Page.get_first_root_node().add_child(instance=home)
    home.add_child(
        instance=CampaignsPage(title="Campaigns", slug="campaigns", heading="Campaigns")
    )
    grant_permissions()
    campaign = CampaignFactory.create(
        areas=[area], name=NAME, slug="quokka", opens_at=FAR_AHEAD, closes_at=FARTHER
    )
    seasons.begin_page(campaign=campaign, actor=None, now=now)
    campaign.refresh_from_db()
    return campaign


def page_of(campaign: Campaign) -> CampaignPage:
    page: CampaignPage = CampaignPage.objects.get(own_campaign=campaign)
    return page


def open_publicly(campaign: Campaign) -> None:
    page_of(campaign).get_latest_revision().publish()
    Campaign.objects.filter(pk=campaign.pk).update(opens_at=LONG_AGO)
