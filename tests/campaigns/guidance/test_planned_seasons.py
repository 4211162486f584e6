"""What is planned is nobody's business: no public address tells of it."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from campaigns.guidance import seasons
from campaigns.guidance.models import Campaign, CampaignPage, HomePage
from campaigns.guidance.season_loading import load_campaigns
from campaigns.guidance.services.reindexing import reindex_pages
from tests.factories.guidance import CampaignFactory

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2990, 1, 1, tzinfo=UTC)


@pytest.fixture
def planned(home: HomePage, now, officer) -> Campaign:
    """Return a planned campaign whose pages are published in English and Polish."""
    load_campaigns(now=now)
    Page.objects.get(slug="campaigns").get_latest_revision().publish()
    campaign = CampaignFactory.create(
        name="Quokka season",
        slug="quokka",
        opens_at=FAR_AHEAD,
        closes_at=datetime(2999, 1, 1, tzinfo=UTC),
    )
    campaign.materials.create(title="Quokka poster")
    seasons.begin_page(campaign=campaign, actor=officer, now=now)
    page = CampaignPage.objects.get(own_campaign=campaign)
    page.get_latest_revision().publish()
    polish = Locale.objects.get_or_create(language_code="pl")[0]
    home.copy_for_translation(polish).get_latest_revision().publish()
    page.get_parent().specific.copy_for_translation(polish)
    page.copy_for_translation(polish).save_revision().publish()
    reindex_pages()
    return campaign


def tells_of_it(client: Client, address: str) -> bool:
    answers = [client.get(address)]
    if address.endswith("/search/"):
        answers.append(client.post(address, {"words": "quokka season"}))
    # The words that were looked for stand on the page of answers in small letters.
    marks = (b"Quokka season", b"campaigns/quokka/")
    return any(mark in answer.content for answer in answers for mark in marks)


@pytest.mark.parametrize("prefix", ("", "/pl"))
@pytest.mark.parametrize(
    "address", ("/", "/campaigns/", "/search/", "/a-to-z/", "/sitemap.xml")
)
def test_public_address_tells_of_a_campaign_from_its_opening(
    client, planned, prefix, address
):
    asked = address if address == "/sitemap.xml" else prefix + address

    before = tells_of_it(client, asked)
    Campaign.objects.filter(pk=planned.pk).update(opens_at=LONG_AGO)
    after = tells_of_it(client, asked)

    assert (before, after) == (False, True)


@pytest.mark.parametrize("address", ("/campaigns/quokka/", "/pl/campaigns/quokka/"))
@pytest.mark.parametrize("who", ("anonymous", "officer"))
def test_page_of_a_planned_campaign_is_there_for_nobody(
    client, client_of, officer, planned, address, who
):
    asking = client if who == "anonymous" else client_of(officer)

    answer = asking.get(address)

    assert answer.status_code == 404
    assert b"Quokka season" not in answer.content


def test_place_that_does_not_exist_tells_no_more(client, planned):
    missing = client.get("/campaigns/no-such-season/")

    hidden = client.get("/campaigns/quokka/")

    assert hidden.status_code == missing.status_code == 404
    told = missing.content.replace(b"no-such-season", b"quokka")
    assert hidden.content == told
