from datetime import date, timedelta

import pytest

from accounts.enums import Role
from campaigns.guidance import seasons
from campaigns.guidance.models import Campaign, CampaignPage, HomePage
from campaigns.guidance.season_loading import load_campaigns
from campaigns.guidance.services import grant_permissions
from campaigns.routes.models import Route
from core.models import AuditEvent, PublicGeneration
from tests.campaigns.guidance.test_viewsets import NO_MATERIALS
from tests.factories.accounts import UserFactory
from tests.factories.codes import CodeFactory
from tests.factories.core import AreaFactory
from tests.factories.guidance import CampaignFactory
from tests.factories.learning import ModuleFactory
from tests.factories.register import PremisesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _granted(db):
    grant_permissions()


def fields(campaign: Campaign, **changes: str) -> dict[str, str]:
    values = {
        "name": campaign.name,
        "slug": campaign.slug,
        "theme": campaign.theme,
        "opens_at": campaign.opens_at.strftime("%Y-%m-%d %H:%M"),
        "closes_at": campaign.closes_at.strftime("%Y-%m-%d %H:%M"),
    }
    return values | NO_MATERIALS | changes


def test_desk_shows_dates_state_and_parts(client_of, officer, area):
    campaign = CampaignFactory.create(areas=[area], audiences=["reception"])

    desk = client_of(officer).get(f"/cms/campaigns/{campaign.pk}/desk/")

    page = desk.content.decode()
    assert desk.status_code == 200
    assert "1 Nov 2026, 00:00" in page
    assert "Hotel reception" in page
    titles = [panel.title for panel in desk.context["panels"]]
    assert titles[:4] == [
        "Page",
        "What to do: routes",
        "Modules for staff",
        "Materials",
    ]


def test_desk_of_another_area_is_not_there(client_of, officer):
    campaign = CampaignFactory.create(areas=[AreaFactory.create()])
    client = client_of(officer)

    answers = [
        client.get(f"/cms/campaigns/{path}").status_code
        for path in (
            f"{campaign.pk}/desk/",
            f"edit/{campaign.pk}/",
            f"history/{campaign.pk}/",
            f"usage/{campaign.pk}/",
        )
    ]

    assert answers == [404, 404, 404, 404]
    assert campaign.name not in client.get("/cms/campaigns/").content.decode()


@pytest.mark.parametrize("role", (Role.MANAGER, Role.TESTER, Role.BOARD))
def test_desk_is_for_the_admin_only(client_of, area, role):
    campaign = CampaignFactory.create()
    person = UserFactory.create(roles=[role], areas=[area])

    answer = client_of(person).get(f"/cms/campaigns/{campaign.pk}/desk/")

    assert answer.status_code in {302, 403}


def test_list_leads_to_the_desk(client_of, officer):
    campaign = CampaignFactory.create()

    page = client_of(officer).get("/cms/campaigns/").content.decode()

    assert f"/cms/campaigns/{campaign.pk}/desk/" in page


def test_saving_leads_to_the_desk_and_turns_the_pages(client_of, officer):
    campaign = CampaignFactory.create()
    before = PublicGeneration.objects.get().number

    answer = client_of(officer).post(
        f"/cms/campaigns/edit/{campaign.pk}/",
        fields(campaign, theme="Ask everyone", audiences="reception"),
    )

    campaign.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/cms/campaigns/{campaign.pk}/desk/",
    )
    assert (campaign.theme, campaign.audiences) == ("Ask everyone", ["reception"])
    assert AuditEvent.objects.about(campaign).get().actor == officer
    assert PublicGeneration.objects.get().number > before


@pytest.mark.parametrize(
    ("changes", "sentence"),
    (
        ({"audiences": "everybody"}, "Choose from the audiences that are listed."),
        ({"slug": "no spaces"}, "Enter a valid “slug”"),
        ({"opens_at": "soon"}, "Enter a valid date/time."),
        (
            {
                "opens_at": "2999-01-01 00:00",
                "closes_at": "2999-02-01 00:00",
                "what_came_of_it": "Much.",
            },
            "Write this once the campaign is over",
        ),
    ),
)
def test_saving_what_cannot_be_is_refused(client_of, officer, changes, sentence):
    campaign = CampaignFactory.create()

    answer = client_of(officer).post(
        f"/cms/campaigns/edit/{campaign.pk}/", fields(campaign, **changes)
    )

    campaign.refresh_from_db()
    assert sentence in answer.content.decode()
    assert campaign.what_came_of_it == ""


def test_officer_begins_the_page_and_is_led_to_it(
    client_of, home: HomePage, officer, now
):
    load_campaigns(now=now)
    campaign = CampaignFactory.create()
    client = client_of(officer)

    answer = client.post(f"/cms/campaigns/{campaign.pk}/page/")
    again = client.post(f"/cms/campaigns/{campaign.pk}/page/", follow=True)

    page = CampaignPage.objects.get(own_campaign=campaign)
    assert answer.headers["Location"] == f"/cms/pages/{page.pk}/edit/"
    assert "This campaign has its page already." in again.content.decode()


def test_page_is_not_begun_by_opening_an_address(client_of, officer):
    campaign = CampaignFactory.create()

    answer = client_of(officer).get(f"/cms/campaigns/{campaign.pk}/page/")

    assert answer.status_code == 405


def test_desk_says_how_far_the_page_is(client_of, home: HomePage, officer, now):
    load_campaigns(now=now)
    campaign = CampaignFactory.create(closes_at=now + timedelta(days=9000))
    client = client_of(officer)
    desk = f"/cms/campaigns/{campaign.pk}/desk/"

    without = client.get(desk).content.decode()
    seasons.begin_page(campaign=campaign, actor=officer, now=now)
    draft = client.get(desk).content.decode()
    CampaignPage.objects.get(own_campaign=campaign).get_latest_revision().publish()
    live = client.get(desk).content.decode()

    assert "There is no page yet" in without
    assert "Draft: the public sees nothing of it" in draft
    assert "Published." in live


def test_desk_names_routes_that_wait_for_a_check(client_of, home: HomePage, officer):
    campaign = CampaignFactory.create()
    route = Route.objects.get(key="101")
    route.facts.update(status="to_check")
    campaign.routes.add(route)
    waiting = route.facts.count()

    page = client_of(officer).get(f"/cms/campaigns/{campaign.pk}/desk/")

    assert f"{waiting} facts to be checked" in page.content.decode()


@pytest.mark.parametrize("item_count", (1, 3))
def test_desk_asks_the_same_however_much_it_shows(
    client_of, home: HomePage, officer, area, item_count, django_assert_num_queries
):
    campaign = CampaignFactory.create()
    campaign.routes.set(Route.objects.order_by("pk")[:item_count])
    campaign.modules.set(ModuleFactory.create_batch(item_count))
    for number in range(item_count):
        campaign.materials.create(title=f"Poster {number}")
    for premises in PremisesFactory.create_batch(
        item_count, area=area, joined_on=date(2026, 11, 5)
    ):
        CodeFactory.create(premises=premises)
    client = client_of(officer)
    client.get(f"/cms/campaigns/{campaign.pk}/desk/")

    with django_assert_num_queries(30):
        client.get(f"/cms/campaigns/{campaign.pk}/desk/")
