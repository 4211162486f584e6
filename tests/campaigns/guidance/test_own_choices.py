"""Routes of other areas are not among what a person may choose, nor named as a use."""

import pytest
from django.test import Client
from wagtail.models import ReferenceIndex

from accounts.enums import Role
from campaigns.guidance.models import Campaign, CampaignMaterial
from campaigns.guidance.services import grant_permissions
from campaigns.routes.models import Route
from core.models import Area
from media.images.models import SiteDocument
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.guidance import CampaignFactory
from tests.factories.routes import RouteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def routes(area: Area) -> dict[str, Route]:
    """Return a national route, one of the officer's area and one of another."""
    grant_permissions()
    return {
        "national-line": RouteFactory.create(key="national-line"),
        "own-line": RouteFactory.create(key="own-line", area=area),
        "other-line": RouteFactory.create(
            key="other-line", area=AreaFactory.create(name="Elsewhere")
        ),
    }


def offered(client: Client, address: str, field: str) -> set[str]:
    """Return the keys of the routes that a form offers in one of its fields."""
    form = client.get(address).context["form"]
    return {route.key for route in form.fields[field].queryset}


@pytest.mark.parametrize(
    ("address", "field"),
    (
        ("/cms/campaigns/new/", "routes"),
        ("/cms/reporting-routes/new/", "alternative_to"),
    ),
)
def test_a_form_offers_national_routes_and_own_ones(
    routes, officer, client_of, address, field
):
    everybody = UserFactory.create(is_superuser=True)

    assert offered(client_of(officer), address, field) == {"national-line", "own-line"}
    assert offered(client_of(everybody), address, field) == {*routes}


def test_what_a_campaign_has_already_stays_chosen(routes, area, officer, client_of):
    campaign = CampaignFactory.create(areas=[area])
    campaign.routes.add(routes["other-line"])

    keys = offered(client_of(officer), f"/cms/campaigns/edit/{campaign.pk}/", "routes")

    assert keys == {"national-line", "own-line", "other-line"}


def test_what_a_route_stands_beside_already_stays_chosen(routes, officer, client_of):
    Route.objects.filter(key="own-line").update(alternative_to=routes["other-line"])
    address = f"/cms/reporting-routes/edit/{routes['own-line'].pk}/"

    keys = offered(client_of(officer), address, "alternative_to")

    assert keys == {"national-line", "own-line", "other-line"}


def test_route_of_others_is_refused_when_it_is_sent(routes, officer, client_of):
    sent = {"routes": [routes["other-line"].pk]}

    answer = client_of(officer).post("/cms/campaigns/new/", sent)

    assert "routes" in answer.context["form"].errors
    assert not Campaign.objects.exists()


def test_usage_of_a_route_names_what_is_ones_own(routes, officer, client_of):
    national, other = routes["national-line"], routes["other-line"]
    other.alternative_to = national
    other.save()
    ReferenceIndex.create_or_update_for_object(other)
    theirs = UserFactory.create(roles=[Role.OFFICER], areas=[other.area])
    address = f"/cms/reporting-routes/usage/{national.pk}/"

    own_page = client_of(officer).get(address).text
    their_page = client_of(theirs).get(address).text

    assert ("other-line" in own_page, "other-line" in their_page) == (False, True)
    assert "(Private reporting route)" in own_page


def test_usage_of_a_file_names_the_campaigns_of_ones_own_areas(
    area, officer, client_of
):
    grant_permissions()
    campaign = CampaignFactory.create(name="Quokka season", areas=[area])
    file = SiteDocument.objects.create(title="Poster", file="quokka.txt")
    CampaignMaterial.objects.create(campaign=campaign, title="P", document=file)
    ReferenceIndex.create_or_update_for_object(campaign)
    others = UserFactory.create(roles=[Role.OFFICER], areas=[AreaFactory.create()])
    address = f"/cms/documents/usage/{file.pk}/"

    pages = [client_of(who).get(address).text for who in (officer, others)]

    assert ["Quokka season" in page for page in pages] == [True, False]
