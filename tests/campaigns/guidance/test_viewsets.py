from datetime import datetime, timedelta

import pytest
from wagtail.models import Page

from accounts.enums import Role
from campaigns.guidance.models import AudiencePage, Campaign, HomePage
from campaigns.guidance.services import grant_permissions
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

NO_MATERIALS = {
    "materials-TOTAL_FORMS": "0",
    "materials-INITIAL_FORMS": "0",
    "materials-MIN_NUM_FORMS": "0",
    "materials-MAX_NUM_FORMS": "1000",
}


@pytest.fixture
def editor():
    grant_permissions()
    return UserFactory.create(roles=[Role.EDITOR])


def test_editor_adds_a_campaign(client_of, editor, now: datetime):
    response = client_of(editor).post(
        "/cms/campaigns/new/",
        {
            "name": "Autumn",
            "slug": "autumn",
            "theme": "Half term",
            "opens_at": "2026-11-01 09:00",
            "closes_at": "2026-12-01 09:00",
            **NO_MATERIALS,
        },
    )

    assert response.status_code == 302
    assert [campaign.name for campaign in Campaign.objects.running(now)] == ["Autumn"]


def test_campaign_that_closes_before_it_opens_is_refused(client_of, editor):
    response = client_of(editor).post(
        "/cms/campaigns/new/",
        {
            "name": "Autumn",
            "slug": "autumn",
            "theme": "",
            "opens_at": "2026-12-01 09:00",
            "closes_at": "2026-11-01 09:00",
            **NO_MATERIALS,
        },
    )

    assert response.status_code == 200
    assert Campaign.objects.count() == 0
    assert "The campaign closes after it opens." in response.content.decode()


@pytest.mark.parametrize("campaign_count", (1, 3))
def test_campaign_list_shows_each(client_of, editor, now: datetime, campaign_count):
    for number in range(campaign_count):
        Campaign.objects.create(
            name=f"Season {number}",
            slug=f"season-{number}",
            opens_at=now,
            closes_at=now + timedelta(days=30),
        )

    page = client_of(editor).get("/cms/campaigns/").content.decode()

    assert sum(f"Season {n}" in page for n in range(3)) == campaign_count


def test_editor_opens_a_page_for_editing(home: HomePage, client_of, editor):
    hotels = AudiencePage.objects.get(slug="hotels")

    page = client_of(editor).get(f"/cms/pages/{hotels.pk}/edit/").content.decode()

    assert "Operation Makesafe" in page
    assert "before you read" in page.lower()


@pytest.mark.parametrize(
    ("slug", "field"),
    (
        ("pages", "Ways on and out"),
        ("law-2026", "Who should read it"),
        ("bulletins", "Search words"),
    ),
)
def test_editor_opens_each_new_kind_of_page(
    whole_home: HomePage, client_of, editor, slug, field
):
    page = Page.objects.get(slug=slug)

    form = client_of(editor).get(f"/cms/pages/{page.pk}/edit/").content.decode()

    assert field.lower() in form.lower()


def test_manager_does_not_reach_the_campaigns(client_of):
    grant_permissions()
    manager = UserFactory.create(roles=[Role.MANAGER])

    response = client_of(manager).get("/cms/campaigns/")

    assert response.status_code in {302, 403}
    assert b"Campaigns" not in response.content
