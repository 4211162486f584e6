from datetime import UTC, date, datetime

import pytest
from django.test import RequestFactory

from accounts.enums import Role
from media.print.portal_panels import campaign_posters
from tests.factories.accounts import UserFactory
from tests.factories.codes import CodeFactory
from tests.factories.core import AreaFactory
from tests.factories.guidance import CampaignFactory
from tests.factories.register import PremisesFactory

pytestmark = pytest.mark.django_db


def asked_by(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


@pytest.mark.parametrize("premises_count", (1, 3))
def test_desk_counts_posters_made_since_it_opened(
    area, officer, premises_count, django_assert_num_queries
):
    campaign = CampaignFactory.create()
    in_time = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
    for premises in PremisesFactory.create_batch(premises_count, area=area):
        CodeFactory.create(premises=premises, issued_at=in_time)
        CodeFactory.create(
            premises=premises, issued_at=in_time, retired_on=date(2026, 11, 9)
        )
        CodeFactory.create(premises=premises)
    elsewhere = PremisesFactory.create(area=AreaFactory.create())
    CodeFactory.create(premises=elsewhere, issued_at=in_time)
    assert officer.roles

    with django_assert_num_queries(2):
        panel = campaign_posters(asked_by(officer), campaign)

    assert panel is not None
    assert panel.context == {
        "made": 2 * premises_count,
        "places": premises_count,
        "on_walls": premises_count,
    }


def test_editor_is_shown_no_posters(area):
    editor = UserFactory.create(roles=[Role.EDITOR], areas=[area])

    assert campaign_posters(asked_by(editor), CampaignFactory.create()) is None
