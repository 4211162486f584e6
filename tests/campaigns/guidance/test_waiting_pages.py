"""A page that waits is approved, and not published beside its review."""

import pytest
from django.test import Client
from wagtail.models import Workflow

from accounts.enums import Role
from campaigns.guidance.models import CampaignPage, SafeguardingTaskState
from tests.campaigns.guidance.planned import page_of, plan_campaign
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(area, now) -> CampaignPage:
    return page_of(plan_campaign(area, now))


@pytest.fixture
def lead(page, area, client_of) -> Client:
    client: Client = client_of(
        UserFactory.create(roles=[Role.SAFEGUARDING_LEAD], areas=[area])
    )
    return client


def test_publish_is_not_offered_beside_approve(page, lead):
    edit = f"/cms/pages/{page.pk}/edit/"
    before = lead.get(edit).text

    Workflow.objects.get(name="Publish").start(page, None)

    waiting = lead.get(edit).text
    offers = ["action-publish" in told for told in (before, waiting)]
    assert offers == [True, False]
    assert 'data-workflow-action-name="approve"' in waiting


def test_page_that_waits_is_not_published_from_a_list(page, lead):
    Workflow.objects.get(name="Publish").start(page, None)

    lead.post(f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}")

    page.refresh_from_db()
    assert page.live is False
    assert SafeguardingTaskState.objects.waiting().count() == 1
