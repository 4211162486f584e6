from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.register.models import Region
from partners.training.enums import TrainingState
from tests.factories.accounts import UserFactory
from tests.factories.register import (
    ManagerLinkFactory,
    OrganisationFactory,
    PremisesFactory,
    RegionFactory,
    SpellFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(area):
    return ManagerLinkFactory.create(premises__area=area)


@pytest.fixture
def manager_client(link, client_of):
    return client_of(link.user)


@pytest.fixture
def home(link):
    return reverse("portal:premises", args=[link.premises.key])


@pytest.fixture
def people(link):
    return reverse("portal:people", args=[link.premises.key])


def names(response):
    return [row.spell.staff_member.name for row in response.context["rows"]]


def test_premises_list_goes_straight_to_the_only_premises(manager_client, home):
    assert manager_client.get("/partners/").url == home


@pytest.mark.parametrize("item_count", (2, 4))
def test_premises_list_query_count(
    item_count, link, manager_client, django_assert_num_queries
):
    for _number in range(item_count - 1):
        ManagerLinkFactory.create(user=link.user)
    ManagerLinkFactory.create()
    manager_client.get("/partners/")

    with django_assert_num_queries(7):
        response = manager_client.get("/partners/")

    shown = [one for group in response.context["groups"] for one, _ in group.rows]
    assert len(shown) == item_count


def test_premises_list_groups_a_chain_by_region(area, client_of):
    chain = OrganisationFactory.create(name="Lantern Hotels")
    for region, name in (("South", "Elm"), ("North", "Oak"), ("North", "Ash")):
        known = Region.objects.filter(organisation=chain, name=region).first()
        PremisesFactory.create(
            organisation=chain,
            name=name,
            region=known or RegionFactory.create(organisation=chain, name=region),
        )
    PremisesFactory.create(organisation=chain, name="Alone")
    client = client_of(ManagerLinkFactory.create(over=chain).user)

    groups = client.get("/partners/").context["groups"]

    assert [
        (group.region, [one.name for one, _ in group.rows]) for group in groups
    ] == [("North", ["Ash", "Oak"]), ("South", ["Elm"]), ("", ["Alone"])]


def test_premises_list_of_a_large_chain_has_pages_and_a_search(area, client_of):
    chain = OrganisationFactory.create()
    PremisesFactory.create_batch(60, organisation=chain)
    PremisesFactory.create(organisation=chain, name="Zebra House")
    client = client_of(ManagerLinkFactory.create(over=chain).user)

    first, second, found, nothing = (
        client.get(f"/partners/{query}")
        for query in ("", "?page=2", "?q=zebra", "?q=nonsuch")
    )

    assert (len(first.context["groups"][0].rows), first.status_code) == (60, 200)
    assert len(second.context["groups"][0].rows) == 1
    assert [one.name for one, _ in found.context["groups"][0].rows] == ["Zebra House"]
    assert "Nothing found." in nothing.text


def test_premises_list_of_somebody_without_premises(client_of):
    response = client_of(UserFactory.create()).get("/partners/")

    assert "You look after no premises at the moment" in response.text


def test_home_says_what_to_do_first(manager_client, home):
    response = manager_client.get(home)

    assert "Add the people who work here." in response.text
    assert response.context["coverage"].in_post == 0


def test_home_shows_starters_and_leavers(link, manager_client, home):
    today = timezone.localdate()
    SpellFactory.create(premises=link.premises, started_on=today - timedelta(days=3))
    SpellFactory.create(premises=link.premises, ended_on=today - timedelta(days=3))
    leaving = SpellFactory.create(
        premises=link.premises, ended_on=today + timedelta(days=3)
    )

    response = manager_client.get(home)

    movements = response.context["week"].movements
    assert (movements.started, movements.left) == (1, 1)
    assert movements.leaving == [leaving]
    assert response.context["coverage"].in_post == 2


@pytest.mark.parametrize("item_count", (1, 12))
def test_home_query_count(
    item_count, link, manager_client, home, django_assert_max_num_queries
):
    today = timezone.localdate()
    for _number in range(item_count):
        SpellFactory.create(premises=link.premises, started_on=today)
        SpellFactory.create(premises=link.premises, ended_on=today)
    manager_client.get(home)

    with django_assert_max_num_queries(20):
        response = manager_client.get(home)

    assert response.context["week"].movements.started == item_count


@pytest.mark.parametrize("item_count", (1, 3))
def test_people_query_count(
    item_count, link, manager_client, people, django_assert_num_queries
):
    SpellFactory.create_batch(item_count, premises=link.premises)
    manager_client.get(people)

    with django_assert_num_queries(8):
        response = manager_client.get(people)

    assert len(names(response)) == item_count


def test_people_shows_who_is_in_post_or_comes(link, manager_client, people, now):
    today = timezone.localdate()
    SpellFactory.create(premises=link.premises, staff_member__name="Ana")
    SpellFactory.create(
        premises=link.premises,
        staff_member__name="Ben",
        started_on=today + timedelta(days=9),
    )
    SpellFactory.create(
        premises=link.premises,
        staff_member__name="Cleo",
        ended_on=today - timedelta(days=1),
    )
    SpellFactory.create(premises=link.premises, staff_member__name="Dee", voided_at=now)
    SpellFactory.create(staff_member__name="Elsewhere")

    in_post = manager_client.get(people)
    left = manager_client.get(f"{people}?show=left")

    assert names(in_post) == ["Ana", "Ben"]
    assert names(left) == ["Cleo"]


def test_people_finds_a_name(link, manager_client, people):
    SpellFactory.create(premises=link.premises, staff_member__name="Ana Novak")
    SpellFactory.create(premises=link.premises, staff_member__name="Ben Okafor")

    found = manager_client.get(f"{people}?q=nov")
    nobody = manager_client.get(f"{people}?q=zzz")

    assert names(found) == ["Ana Novak"]
    assert "Nobody found." in nobody.text


def test_people_come_fifty_to_a_page(link, manager_client, people):
    SpellFactory.create_batch(51, premises=link.premises)

    first = manager_client.get(people)
    second = manager_client.get(f"{people}?page=2")

    assert (len(names(first)), len(names(second))) == (50, 1)


def test_people_tells_how_each_stands(link, manager_client, people):
    SpellFactory.create(premises=link.premises, started_on=date(2025, 1, 5))

    response = manager_client.get(people)

    row = response.context["rows"][0]
    assert row.training.state == TrainingState.NOT_REQUIRED
    assert str(TrainingState.NOT_REQUIRED.label) in response.text


def test_people_of_an_empty_list_says_what_to_do(manager_client, people):
    response = manager_client.get(people)

    assert "Nobody is on your list yet" in response.text


PAGES = (
    "portal:premises",
    "portal:people",
    "portal:leavers",
    "register:person-add",
    "register:import-upload",
)


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_another_premises_are_not_there(manager_client, name):
    other = PremisesFactory.create()

    there = manager_client.get(reverse(name, args=[other.key]))
    nowhere = manager_client.get(reverse(name, args=["nonsuch"]))

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.text == nowhere.text


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_closed_to_a_manager_who_has_gone(link, manager_client, name):
    link.ended_at = timezone.now()
    link.save()

    response = manager_client.get(reverse(name, args=[link.premises.key]))

    assert response.status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_pages_ask_strangers_and_learners_to_sign_in(client, link, name):
    path = reverse(name, args=[link.premises.key])

    response = client.get(path)

    assert response.url == f"{reverse('account_login')}?next={path}"


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_closed_to_an_officer_of_the_area(officer, link, client_of, name):
    response = client_of(officer).get(reverse(name, args=[link.premises.key]))

    assert response.status_code == 404
