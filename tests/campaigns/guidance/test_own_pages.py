"""The page of a planned campaign is of its areas' people, on every screen there is."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from wagtail.models import Locale, Page, Workflow
from wagtail.search import index

from accounts.enums import Role
from accounts.models import User
from campaigns.guidance import seasons
from campaigns.guidance.middleware import PAGE_ARGUMENTS
from campaigns.guidance.models import Campaign, SafeguardingTaskState
from core.enums import AreaKind
from core.models import Area
from outbox.models import Message
from tests.campaigns.guidance.planned import (
    FAR_AHEAD,
    FARTHER,
    LONG_AGO,
    NAME,
    open_publicly,
    page_of,
    plan_campaign,
)
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.guidance import CampaignFactory

pytestmark = pytest.mark.django_db

# What names pages, or the last of them, without being asked for one.
LISTS = (
    "/cms/",
    "/cms/pages/{index}/",
    "/cms/pages/{index}/results/",
    "/cms/pages/{index}/?q=Quokka",
    "/cms/pages/search/?q=Quokka",
    "/cms/pages/usage/guidance/campaignpage/",
    "/cms/choose-page/{index}/",
    "/cms/choose-page/search/?q=Quokka",
    "/cms/api/main/pages/?child_of={index}",
    "/cms/reports/aging-pages/",
    "/cms/reports/locked/",
    "/cms/reports/page-types-usage/",
    "/cms/reports/page-types-usage/results/",
    "/cms/reports/site-history/",
    "/cms/reports/workflow/",
    "/cms/reports/workflow_tasks/",
    "/cms/guidance/approvals/",
    "/cms/guidance/languages/",
)


@pytest.fixture
def planned(area: Area, now) -> Campaign:
    return plan_campaign(area, now)


@pytest.fixture
def handed_in(planned: Campaign, area: Area) -> SafeguardingTaskState:
    """Return the page waiting for approval, published before its day and locked."""
    page = page_of(planned)
    page.get_latest_revision().publish()
    author = UserFactory.create(roles=[Role.EDITOR], areas=[area])
    page.save_revision(user=author)
    Workflow.objects.get(name="Publish").start(page, author)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=author)
    index.insert_or_update_object(page)
    return SafeguardingTaskState.objects.waiting().get()


def person(role: Role, *areas: Area) -> User:
    return UserFactory.create(roles=[role], areas=areas)


def page_addresses(page: Page) -> list[str]:
    """Return each address of the admin that names a page, naming this one."""
    wanted = "|".join(PAGE_ARGUMENTS)
    found = set()
    for pattern in raw_addresses(get_resolver().url_patterns):
        address = re.sub(rf"<int:({wanted})>", str(page.pk), pattern)
        if pattern.startswith("/cms/") and address != pattern:
            address = re.sub(r"<int:\w+>", "1", address)
            found.add(re.sub(r"<\w+:\w+>", "x", address))
    compare = f"/cms/pages/{page.pk}/revisions/compare/earliest...latest/"
    chosen = f"/cms/choose-page/chosen-multiple/?id={page.pk}"
    return sorted({*found, compare, chosen})


def raw_addresses(patterns: Iterable[Any], above: str = "/") -> Iterator[str]:
    for pattern in patterns:
        own = above + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from raw_addresses(pattern.url_patterns, own)
        else:
            yield own


def tells(client: Client, address: str, campaign: Campaign) -> bool:
    """Say whether a list names the campaign, to somebody who may see the list."""
    above = page_of(campaign).get_parent()
    answer = client.get(address.format(index=above.pk))
    assert answer.status_code == 200, address
    return NAME in answer.getvalue().decode()


@pytest.mark.parametrize("role", (Role.OFFICER, Role.EDITOR, Role.SAFEGUARDING_LEAD))
def test_page_is_at_no_address_of_the_admin_for_other_areas(planned, client_of, role):
    client = client_of(person(role, AreaFactory.create()))
    asked = page_addresses(page_of(planned))

    told = {
        address: {client.get(address).status_code, client.post(address).status_code}
        for address in asked
    }

    assert len(asked) > 30
    assert {address: told for address, told in told.items() if told != {404}} == {}


@pytest.mark.parametrize(
    "address", ("edit/", "view_draft/", "history/", "usage/", "workflow_history/")
)
def test_people_of_its_area_and_of_the_force_open_it(planned, area, client_of, address):
    force = AreaFactory.create(kind=AreaKind.FORCE)
    Area.objects.filter(pk=area.pk).update(parent=force)
    path = f"/cms/pages/{page_of(planned).pk}/{address}"

    answers = [
        client_of(person(Role.OFFICER, own)).get(path).status_code
        for own in (area, force)
    ]

    assert answers == [200, 200]


def test_page_of_a_campaign_everywhere_is_everybodys(planned, client_of):
    planned.areas.clear()
    client = client_of(person(Role.EDITOR, AreaFactory.create()))

    answer = client.get(f"/cms/pages/{page_of(planned).pk}/edit/")

    assert answer.status_code == 200


def test_lists_name_it_to_people_of_its_area_only(handed_in, area, client_of):
    campaign = Campaign.objects.get()
    own = client_of(person(Role.SAFEGUARDING_LEAD, area))
    other = client_of(person(Role.SAFEGUARDING_LEAD, AreaFactory.create()))

    told = {
        address: (tells(own, address, campaign), tells(other, address, campaign))
        for address in LISTS
    }

    assert {address: told for address, told in told.items() if told[1]} == {}
    assert {address for address, told in told.items() if not told[0]} == set()


def test_translation_of_it_is_hidden_with_it(planned, area, client_of):
    polish = Locale.objects.get_or_create(language_code="pl")[0]
    copied = page_of(planned).copy_for_translation(polish, copy_parents=True)
    path = f"/cms/pages/{copied.pk}/edit/"

    answers = [
        client_of(person(Role.EDITOR, own)).get(path).status_code
        for own in (area, AreaFactory.create())
    ]

    assert answers == [200, 404]


def test_what_is_public_is_listed_for_all_and_changed_by_its_own(
    planned, area, client_of
):
    open_publicly(planned)
    page = page_of(planned)
    others = person(Role.AREA_LEAD, AreaFactory.create())

    listed = tells(client_of(others), "/cms/pages/{index}/", planned)
    tester = page.permissions_for_user(User.objects.get(pk=others.pk))
    own = page.permissions_for_user(person(Role.AREA_LEAD, area))

    assert listed is True
    assert (tester.can_edit(), tester.can_publish(), tester.can_lock()) == (False,) * 3
    assert (own.can_edit(), own.can_publish(), own.can_lock()) == (True,) * 3


def test_unpublished_page_of_an_open_campaign_is_no_more_public_than_a_draft(
    planned, client_of
):
    Campaign.objects.filter(pk=planned.pk).update(opens_at=LONG_AGO)
    others = client_of(person(Role.OFFICER, AreaFactory.create()))

    assert tells(others, "/cms/pages/{index}/", planned) is False


def test_superuser_sees_every_page(planned, client_of):
    client = client_of(UserFactory.create(is_superuser=True))

    answer = client.get(f"/cms/pages/{page_of(planned).pk}/edit/")

    assert answer.status_code == 200


def test_lead_of_other_areas_is_not_told_and_approves_nothing(planned, area, now):
    page = page_of(planned)
    own = person(Role.SAFEGUARDING_LEAD, area)
    other = person(Role.SAFEGUARDING_LEAD, AreaFactory.create())

    Workflow.objects.get(name="Publish").start(page, None)

    waiting = SafeguardingTaskState.objects.waiting().get()
    task = waiting.task.specific
    told = Message.objects.filter(template="page_waiting")
    assert [message.recipient for message in told] == [own]
    assert [bool(task.get_actions(page, who)) for who in (own, other)] == [True, False]
    assert list(task.get_task_states_user_can_moderate(own)) == [waiting.taskstate_ptr]
    assert not task.get_task_states_user_can_moderate(other).exists()


@pytest.mark.parametrize("item_count", (1, 3))
def test_explorer_query_count(
    item_count, planned, area, now, client_of, django_assert_num_queries
):
    for number in range(item_count - 1):
        further = CampaignFactory.create(
            areas=[area], slug=f"s{number}", opens_at=FAR_AHEAD, closes_at=FARTHER
        )
        seasons.begin_page(campaign=further, actor=None, now=now)
    above = page_of(planned).get_parent()
    # What Wagtail asks for each row of those who may not publish, and wagtail-localize
    # of those who may translate, is theirs: our rule asks nothing more for a row.
    lead = person(Role.AREA_LEAD, area)
    rights = lead.groups.get().permissions
    rights.remove(rights.get(codename="submit_translation"))
    client = client_of(lead)
    client.get(f"/cms/pages/{above.pk}/")

    with django_assert_num_queries(38):
        listed = client.get(f"/cms/pages/{above.pk}/")

    assert listed.context["items_count"] == item_count
