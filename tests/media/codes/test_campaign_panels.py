from datetime import UTC, datetime

import pytest
from django.test import RequestFactory

from accounts.enums import Role
from media.codes.enums import Prefix
from media.codes.models import ScanCount
from media.codes.portal_panels import openings, poster_openings
from tests.factories.accounts import UserFactory
from tests.factories.codes import CodeFactory
from tests.factories.core import AreaFactory
from tests.factories.guidance import CampaignFactory
from tests.factories.register import PremisesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    """Return a campaign of a year that is over: its hours are all behind us."""
    return CampaignFactory.create(
        opens_at=datetime(2020, 3, 1, tzinfo=UTC),
        closes_at=datetime(2020, 4, 1, tzinfo=UTC),
    )


def opened(area, hour: datetime, n: int, **fields) -> None:
    code = CodeFactory.create(premises=PremisesFactory.create(area=area), **fields)
    ScanCount.objects.create(code=code, hour=hour, kind=Prefix.SCANNED, n=n)


def asked_by(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def at(day: int, hour: int, month: int = 3) -> datetime:
    return datetime(2020, month, day, hour, tzinfo=UTC)


def test_desk_bands_openings_by_part_of_the_day(area, officer, campaign):
    opened(area, at(5, 23), 12)
    opened(area, at(6, 22), 10)
    opened(area, at(6, 8), 3)

    panel = openings(asked_by(officer), campaign)

    assert panel is not None
    assert panel.context["total"] == "20 to 49"
    assert [band for _name, band in panel.context["parts"]] == [
        "fewer than 5",
        "fewer than 5",
        "fewer than 5",
        "20 to 49",
    ]


def test_desk_leaves_out_other_times_areas_and_campaigns(area, officer, campaign):
    opened(area, at(28, 23, month=2), 40)
    opened(area, at(1, 1, month=4), 40)
    opened(AreaFactory.create(), at(5, 8), 40)
    opened(area, at(5, 8), 40, campaign=CampaignFactory.create())
    opened(area, at(5, 9), 6, campaign=campaign)

    panel = openings(asked_by(officer), campaign)

    assert panel is not None
    assert panel.context["total"] == "5 to 9"


def test_editor_is_shown_no_openings(area, campaign):
    editor = UserFactory.create(roles=[Role.EDITOR], areas=[area])

    assert openings(asked_by(editor), campaign) is None


@pytest.mark.parametrize("code_count", (1, 3))
def test_openings_part_takes_two_queries(
    area, officer, campaign, code_count, django_assert_num_queries
):
    for _ in range(code_count):
        opened(area, at(5, 8), 4)
    assert officer.roles

    with django_assert_num_queries(2):
        openings(asked_by(officer), campaign)


@pytest.mark.parametrize(("total", "is_shown"), ((9, False), (10, True)))
def test_public_is_told_a_number_from_ten_on(area, campaign, total, is_shown):
    opened(area, at(5, 8), total)

    panel = poster_openings(RequestFactory().get("/"), campaign)

    assert (panel is not None) == is_shown
