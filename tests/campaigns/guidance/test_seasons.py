"""Campaigns open and close by themselves; the clock is always given."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Locale, Page

from campaigns.guidance import seasons
from campaigns.guidance.enums import CampaignState
from campaigns.guidance.links import links_of
from campaigns.guidance.models import Campaign, CampaignPage, HomePage
from campaigns.guidance.season_loading import load_campaigns
from campaigns.routes.models import Route
from campaigns.signs.enums import Audience
from campaigns.signs.models import Sign
from tests.factories.core import AreaFactory
from tests.factories.guidance import CampaignFactory
from tests.factories.learning import ModuleFactory
from tests.factories.signs import SignWordingFactory

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def publish(home: HomePage, now, officer):
    """Return a function that gives a campaign its page and publishes it."""
    load_campaigns(now=now)

    def publish_page(campaign: Campaign) -> CampaignPage:
        seasons.begin_page(campaign=campaign, actor=officer, now=now)
        page: CampaignPage = CampaignPage.objects.get(own_campaign=campaign)
        page.get_latest_revision().publish()
        page.refresh_from_db()
        return page

    return publish_page


def read(page: Page, moment) -> str:
    """Read a page at a moment, as the public does."""
    request = RequestFactory().get(page.url)
    request.moment = moment  # type: ignore[attr-defined] # the clock, given
    response = Page.objects.get(pk=page.pk).specific.serve(request)
    response.render()
    return str(response.content.decode())


def links_at(moment) -> set[str]:
    request = RequestFactory().get("/")
    request.moment = moment  # type: ignore[attr-defined] # the clock, given
    return {link.path for link in links_of(request) if link.kind == "campaignpage"}


def test_state_follows_from_the_time():
    campaign = CampaignFactory.create()

    states = [
        campaign.state_at(campaign.opens_at - SECOND),
        campaign.state_at(campaign.opens_at),
        campaign.state_at(campaign.closes_at - SECOND),
        campaign.state_at(campaign.closes_at),
    ]

    assert states == [
        CampaignState.PLANNED,
        CampaignState.RUNNING,
        CampaignState.RUNNING,
        CampaignState.OVER,
    ]


@pytest.mark.parametrize(
    ("after_opening", "found"),
    ((-SECOND, "planned"), (timedelta(), "running"), (timedelta(days=30), "past")),
)
def test_querysets_part_campaigns_by_time(after_opening, found):
    campaign = CampaignFactory.create()
    moment = campaign.opens_at + after_opening

    matching = [
        name
        for name in ("planned", "running", "past")
        if getattr(Campaign.objects, name)(moment).exists()
    ]

    assert matching == [found]
    assert Campaign.objects.opened(moment).exists() == (found != "planned")


def test_page_is_not_there_one_second_before_opening(publish):
    campaign = CampaignFactory.create()
    page = publish(campaign)

    with pytest.raises(Http404):
        read(page, campaign.opens_at - SECOND)
    assert "Season" in read(page, campaign.opens_at)


def test_nothing_links_to_a_campaign_before_it_opens(publish, home):
    campaign = CampaignFactory.create(slug="soon")
    publish(campaign)
    before = campaign.opens_at - SECOND

    assert links_at(before) == set()
    assert links_at(campaign.opens_at) == {"campaigns/soon"}
    assert "/campaigns/soon/" not in read(home, before)
    assert "/campaigns/soon/" in read(home, campaign.opens_at)
    assert "/campaigns/soon/" not in read(home, campaign.closes_at)


def test_sitemap_leaves_out_what_is_planned(publish):
    campaign = CampaignFactory.create()
    page = publish(campaign)
    early, late = RequestFactory().get("/"), RequestFactory().get("/")
    early.moment = campaign.opens_at - SECOND  # type: ignore[attr-defined] # the clock
    late.moment = campaign.opens_at  # type: ignore[attr-defined] # the clock

    assert page.get_sitemap_urls(early) == []
    assert len(page.get_sitemap_urls(late)) == 1


def test_page_says_that_it_has_ended_at_closing(publish):
    campaign = CampaignFactory.create(what_came_of_it="Forty hotels asked.")
    page = publish(campaign)

    running = read(page, campaign.closes_at - SECOND)
    ended = read(page, campaign.closes_at)

    assert "This campaign has ended" not in running
    assert "Forty hotels asked." not in running
    assert "This campaign has ended" in ended
    assert "Forty hotels asked." in ended


def test_home_leads_with_what_opened_last_below_999(publish, home, now):
    older = CampaignFactory.create(name="Older", slug="older")
    newer = CampaignFactory.create(
        name="Newer", slug="newer", opens_at=older.opens_at + timedelta(days=3)
    )
    publish(older)
    publish(newer)

    page = read(home, now)

    main = page[page.index('<main id="main"') :]
    band = main[main.index('class="season-band"') :]
    assert band.index("/campaigns/newer/") < band.index("/campaigns/older/")
    assert main.index("tel:999") < main.index('class="season-band"')
    assert main.index('class="route-emergency') < main.index('class="season-band"')


def test_page_begins_with_999_whatever_was_chosen(publish, now):
    campaign = CampaignFactory.create()

    page = read(publish(campaign), now)

    main = page[page.index('<main id="main"') :]
    assert main.index('href="tel:999"') < main.index("</main>")


def test_list_names_what_runs_and_what_is_over(publish, now):
    running = CampaignFactory.create(slug="on")
    over = CampaignFactory.create(
        slug="gone", opens_at=now - timedelta(days=90), closes_at=now
    )
    planned = CampaignFactory.create(
        slug="soon", opens_at=now + SECOND, closes_at=now + timedelta(days=9)
    )
    for campaign in (running, over, planned):
        publish(campaign)

    page = read(CampaignPage.objects.first().get_parent(), now)

    main = page[page.index('<main id="main"') : page.index("</main>")]
    assert main.index("/campaigns/on/") < main.index("Before")
    assert main.index("Before") < main.index("/campaigns/gone/")
    assert "/campaigns/soon/" not in main


def test_draft_is_shown_to_nobody_while_the_campaign_runs(publish, home, now):
    campaign = CampaignFactory.create(slug="draft")
    page = publish(campaign)
    page.unpublish()

    assert links_at(now) == set()
    assert "/campaigns/draft/" not in read(home, now)


def test_page_of_no_campaign_is_not_there(publish, now):
    campaign = CampaignFactory.create()
    page = publish(campaign)
    copy = page.copy(update_attrs={"slug": "copied", "title": "Copied"})

    with pytest.raises(Http404):
        read(copy, now)
    assert links_at(now) == {f"campaigns/{campaign.slug}"}


def test_translation_opens_with_its_campaign(publish, home, now):
    polish = Locale.objects.get_or_create(language_code="pl")[0]
    campaign = CampaignFactory.create(slug="jesien")
    page = publish(campaign)
    home.copy_for_translation(polish)
    page.get_parent().specific.copy_for_translation(polish)
    translated = page.copy_for_translation(polish)
    translated.heading = "Jesień"
    translated.save_revision().publish()

    with translation.override("pl"):
        shown = read(translated, now)
        with pytest.raises(Http404):
            read(translated, campaign.opens_at - SECOND)

    assert "Jesień" in shown
    assert 'lang="en"' in shown


@pytest.mark.parametrize("campaign_count", (1, 3))
def test_home_asks_the_same_however_many_run(
    publish, home, now, campaign_count, django_assert_num_queries
):
    for _ in range(campaign_count):
        publish(CampaignFactory.create())
    read(home, now)

    with django_assert_num_queries(13):
        read(home, now)


@pytest.mark.parametrize("campaign_count", (1, 3))
def test_list_asks_the_same_however_many_there_are(
    publish, now, campaign_count, django_assert_num_queries
):
    for _ in range(campaign_count):
        publish(CampaignFactory.create())
    index = CampaignPage.objects.first().get_parent()
    read(index, now)

    with django_assert_num_queries(8):
        read(index, now)


@pytest.mark.parametrize("item_count", (1, 3))
def test_page_asks_the_same_however_much_it_places(
    publish, now, item_count, django_assert_num_queries
):
    campaign = CampaignFactory.create()
    campaign.routes.set(Route.objects.order_by("pk")[:item_count])
    campaign.areas.set(AreaFactory.create_batch(item_count))
    campaign.modules.set(ModuleFactory.create_batch(item_count))
    for number in range(item_count):
        campaign.materials.create(title=f"Poster {number}")
    page = publish(campaign)
    read(page, now)

    with django_assert_num_queries(11):
        read(page, now)


def test_begin_page_refuses_an_address_that_is_taken(publish, now, officer):
    publish(CampaignFactory.create(slug="autumn"))
    Campaign.objects.filter(slug="autumn").update(slug="moved")
    campaign = CampaignFactory.create(slug="autumn")

    with pytest.raises(seasons.SeasonError, match="Another page has the address"):
        seasons.begin_page(campaign=campaign, actor=officer, now=now)


def test_shipped_pages_render(home, now):
    load_campaigns(now=now)
    for campaign in Campaign.objects.select_related("page"):
        assert campaign.page is not None
        campaign.page.get_latest_revision().publish()

        shown = read(campaign.page, campaign.opens_at)

        assert campaign.name in shown
        assert campaign.materials.first().title in shown


@pytest.mark.parametrize("sign_count", (1, 3))
def test_a_reader_of_the_page_costs_twelve_queries(
    publish, client, sign_count, django_assert_num_queries
):
    """Asked for by its address, with signs, routes, papers and lessons on it."""
    campaign = CampaignFactory.create(
        slug="long", closes_at=datetime(2999, 1, 1, tzinfo=UTC)
    )
    campaign.routes.set(Route.objects.order_by("pk")[:sign_count])
    campaign.modules.set(ModuleFactory.create_batch(sign_count))
    campaign.materials.create(title="Poster")
    Sign.objects.all().delete()
    for _ in range(sign_count):
        SignWordingFactory.create(audience=Audience.RECEPTION)
    page = publish(campaign)
    page.body = [
        ("signs", {"heading": "Signs", "body": "", "audiences": [Audience.RECEPTION]})
    ]
    page.save_revision().publish()
    client.get("/campaigns/long/")

    with django_assert_num_queries(12):
        answer = client.get("/campaigns/long/")

    assert answer.content.decode().count("An adult does thing") == sign_count


def test_dates_name_the_month_as_the_language_does_in_a_date():
    times = {
        "opens_at": datetime(2026, 10, 26, 9, tzinfo=UTC),
        "closes_at": datetime(2026, 12, 8, 18, tzinfo=UTC),
    }

    with translation.override("pl"):
        words = render_to_string("guidance/campaign_dates.html", times)

    assert "26 października 2026" in words
    assert "8 grudnia 2026" in words
