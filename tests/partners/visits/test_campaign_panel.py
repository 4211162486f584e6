from datetime import UTC, date, datetime

import pytest
from django.test import RequestFactory

from accounts.enums import Role
from partners.visits.enums import VisitState
from partners.visits.portal_panels import visits_released
from partners.visits.services import release_visit
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.guidance import CampaignFactory
from tests.factories.register import PremisesFactory
from tests.factories.visits import checked, make_visit, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    """Return a campaign of a year that is over: the panel then reads no clock."""
    return CampaignFactory.create(
        opens_at=datetime(2020, 3, 1, tzinfo=UTC),
        closes_at=datetime(2020, 4, 1, tzinfo=UTC),
    )


@pytest.fixture
def released(officer, now):
    def make(area, day):
        visit = make_visit(premises=PremisesFactory.create(area=area), planned_on=day)
        officer_there = UserFactory.create(roles=[Role.OFFICER], areas=[area])
        return release_visit(
            visit=checked(visit, now=now), actor=officer_there, now=now
        )

    return make


def panel_for(user, campaign):
    request = RequestFactory().get("/")
    request.user = user
    return visits_released(request, campaign)


def test_desk_counts_released_visits_of_its_time_and_area(
    area, officer, campaign, released
):
    released(area, date(2020, 3, 5))
    released(area, date(2020, 4, 5))
    released(AreaFactory.create(), date(2020, 3, 5))

    panel = panel_for(officer, campaign)

    assert panel is not None
    assert panel.context == {"number": 1}


@pytest.mark.parametrize("state", (VisitState.PLANNED, VisitState.SUBMITTED))
def test_unreleased_visit_makes_no_difference(
    area, officer, campaign, now, state, django_assert_num_queries
):
    visit = make_visit(
        premises=PremisesFactory.create(area=area), planned_on=date(2020, 3, 5)
    )
    if state == VisitState.SUBMITTED:
        submitted(visit, now=now)
    assert officer.roles

    with django_assert_num_queries(2):
        panel = panel_for(officer, campaign)

    assert panel is not None
    assert panel.context == {"number": 0}


def test_editor_is_shown_no_visits(area, campaign):
    editor = UserFactory.create(roles=[Role.EDITOR], areas=[area])

    assert panel_for(editor, campaign) is None
