from datetime import UTC, date, datetime

import pytest
from django.test import RequestFactory

from accounts.enums import Role
from partners.training.portal_panels import completions, lessons_finished
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.guidance import CampaignFactory
from tests.factories.learning import ModuleFactory
from tests.factories.register import PremisesFactory, SpellFactory
from tests.factories.training import CompletionFactory

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
def request_of():
    def make(user):
        request = RequestFactory().get("/")
        request.user = user
        return request

    return make


def finish(area, module, *, on: date = IN_TIME):
    spell = SpellFactory.create(
        premises=PremisesFactory.create(area=area), started_on=date(2020, 1, 1)
    )
    return CompletionFactory.create(
        staff_member=spell.staff_member,
        module=module,
        valid_from=on,
        valid_until=date(2021, 3, 5),
    )


def test_desk_counts_completions_by_module(area, officer, campaign, request_of):
    reception, bar, other = ModuleFactory.create_batch(3)
    campaign.modules.set([reception, bar])
    for module in (reception, reception, bar, other):
        finish(area, module)
    finish(area, bar, on=date(2020, 4, 2))
    finish(AreaFactory.create(), bar)

    panel = completions(request_of(officer), campaign)

    assert panel is not None
    assert panel.context["number"] == 3
    assert {row["module__title"]: row["number"] for row in panel.context["rows"]} == {
        reception.title: 2,
        bar.title: 1,
    }


def test_campaign_without_modules_counts_them_all(area, officer, campaign, request_of):
    finish(area, ModuleFactory.create())

    panel = completions(request_of(officer), campaign)

    assert panel is not None
    assert panel.context["number"] == 1


def test_editor_is_shown_no_training(area, campaign, request_of):
    editor = UserFactory.create(roles=[Role.EDITOR], areas=[area])

    assert completions(request_of(editor), campaign) is None


@pytest.mark.parametrize("completion_count", (1, 3))
def test_training_part_takes_two_queries(
    area, officer, campaign, request_of, completion_count, django_assert_num_queries
):
    for _ in range(completion_count):
        finish(area, ModuleFactory.create())
    request = request_of(officer)
    assert officer.roles

    with django_assert_num_queries(2):
        completions(request, campaign)


@pytest.mark.parametrize(("finished", "is_shown"), ((9, False), (10, True)))
def test_public_is_told_a_number_from_ten_on(area, campaign, finished, is_shown):
    module = ModuleFactory.create()
    for _ in range(finished):
        finish(area, module)

    panel = lessons_finished(RequestFactory().get("/"), campaign)

    assert (panel is not None) == is_shown
