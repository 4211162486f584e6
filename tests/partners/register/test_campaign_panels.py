from datetime import UTC, date, datetime

import pytest
from django.test import RequestFactory

from accounts.enums import Role
from partners.register.portal_panels import places_joined, premises_joined
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.guidance import CampaignFactory
from tests.factories.register import PremisesFactory

pytestmark = pytest.mark.django_db

IN_TIME = date(2020, 3, 5)


@pytest.fixture
def campaign():
    """Return a campaign of a year that is over: no panel then reads the clock."""
    return CampaignFactory.create(
        opens_at=datetime(2020, 3, 1, tzinfo=UTC),
        closes_at=datetime(2020, 4, 1, tzinfo=UTC),
    )


@pytest.fixture
def asked_by():
    def make(user):
        request = RequestFactory().get("/")
        request.user = user
        return request

    return make


def test_desk_counts_premises_that_joined_in_its_time_here(
    area, officer, campaign, asked_by
):
    newest = PremisesFactory.create(area=area, joined_on=date(2020, 3, 31))
    first = PremisesFactory.create(area=area, joined_on=date(2020, 3, 1))
    PremisesFactory.create(area=area, joined_on=date(2020, 2, 29))
    PremisesFactory.create(area=area, joined_on=date(2020, 4, 2))
    PremisesFactory.create(area=AreaFactory.create(), joined_on=IN_TIME)

    panel = premises_joined(asked_by(officer), campaign)

    assert panel is not None
    assert panel.context == {"number": 2, "premises": [newest, first]}


def test_desk_names_ten_of_the_premises(area, officer, campaign, asked_by):
    PremisesFactory.create_batch(12, area=area, joined_on=IN_TIME)

    panel = premises_joined(asked_by(officer), campaign)

    assert panel is not None
    assert (panel.context["number"], len(panel.context["premises"])) == (12, 10)


def test_desk_leaves_out_areas_the_campaign_is_not_for(
    area, officer, campaign, asked_by
):
    elsewhere = AreaFactory.create()
    campaign.areas.set([elsewhere])
    officer.areas.add(elsewhere)
    PremisesFactory.create(area=area, joined_on=IN_TIME)
    there = PremisesFactory.create(area=elsewhere, joined_on=IN_TIME)

    panel = premises_joined(asked_by(officer), campaign)

    assert panel is not None
    assert panel.context["premises"] == [there]


def test_editor_is_shown_no_premises(area, campaign, asked_by):
    editor = UserFactory.create(roles=[Role.EDITOR], areas=[area])

    assert premises_joined(asked_by(editor), campaign) is None


@pytest.mark.parametrize("premises_count", (1, 3))
def test_premises_part_takes_two_queries(
    area, officer, campaign, asked_by, premises_count, django_assert_num_queries
):
    PremisesFactory.create_batch(premises_count, area=area, joined_on=IN_TIME)
    request = asked_by(officer)
    assert officer.roles

    with django_assert_num_queries(2):
        premises_joined(request, campaign)


@pytest.mark.parametrize(("joined", "is_shown"), ((9, False), (10, True)))
def test_public_is_told_a_number_from_ten_on(area, campaign, joined, is_shown):
    PremisesFactory.create_batch(joined, area=area, joined_on=IN_TIME)

    panel = places_joined(RequestFactory().get("/"), campaign)

    assert (panel is not None) == is_shown
    if panel:
        assert panel.context == {"number": 10, "words": "places joined"}
