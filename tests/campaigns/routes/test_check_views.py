from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from campaigns.routes.enums import FactStatus
from campaigns.routes.models import RouteCheck
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.routes import RouteFactFactory, RouteFactory

pytestmark = pytest.mark.django_db
LIST = "/cms/route-checks/"


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def browser(client_of, officer):
    return client_of(officer)


def make_due(name: str, days: int, **given):
    route = RouteFactory.create(words__name=name, **given)
    due = timezone.localdate() + timedelta(days=days)
    RouteFactFactory.create(
        route=route, check_by=due, checked_on=due - timedelta(days=31)
    )
    return route


@pytest.mark.parametrize("route_count", (1, 3))
def test_check_list_asks_the_same_however_many(
    browser, django_assert_num_queries, route_count
):
    for number in range(route_count):
        make_due(f"Line {number}", -1)
    browser.get(LIST)

    with django_assert_num_queries(16):
        page = browser.get(LIST)

    assert len(page.context["page_obj"].object_list) == route_count


def test_check_list_puts_the_most_urgent_first(browser):
    make_due("Later", 20)
    make_due("Soon", 3)
    make_due("Late", -3)
    RouteFactory.create(words__name="Never")

    shown = browser.get(LIST).context["page_obj"].object_list

    assert [route.english_name for route in shown] == ["Late", "Soon", "Later", "Never"]


@pytest.mark.parametrize(
    ("state", "names"),
    (
        ("to_ring", {"Late", "Soon", "Never", "Broken"}),
        ("overdue", {"Late"}),
        ("soon", {"Soon"}),
        ("never", {"Never"}),
        ("links", {"Broken"}),
        ("by_hand", {"Shut"}),
        ("nonsense", {"Late", "Soon", "Later", "Never", "Broken", "Shut"}),
    ),
)
def test_check_list_is_narrowed_by_state(browser, state, names):
    make_due("Late", -1)
    make_due("Soon", 7)
    make_due("Later", 8)
    make_due("Broken", 9).facts.update(link_status="failed")
    make_due("Shut", 9).facts.update(link_status="refuses")
    RouteFactory.create(words__name="Never")

    shown = browser.get(LIST, {"state": state}).context["page_obj"].object_list

    assert {route.english_name for route in shown} == names


def test_check_list_is_narrowed_by_area(browser, area):
    make_due("National", -1)
    make_due("Local", -1, area=area)

    shown = browser.get(LIST, {"area": area.pk}).context["page_obj"].object_list

    assert [route.english_name for route in shown] == ["Local"]


def test_route_of_another_area_is_not_there(browser):
    other = make_due("Elsewhere", -1, area=AreaFactory.create())

    assert list(browser.get(LIST).context["page_obj"].object_list) == []
    assert browser.get(f"{LIST}{other.pk}/").status_code == 404
    assert browser.post(f"{LIST}{other.pk}/", {"outcome": "right"}).status_code == 404


@pytest.mark.parametrize("role", (Role.MANAGER, Role.TESTER, Role.BOARD))
def test_others_ring_nobody(client_of, role):
    route = make_due("Late", -1)

    response = client_of(UserFactory.create(roles=[role])).post(
        f"{LIST}{route.pk}/", {"outcome": "unanswered"}
    )

    assert response.status_code in {302, 403, 404}
    assert not RouteCheck.objects.exists()


def test_form_shows_the_number_to_tap_and_what_is_open(browser):
    route = RouteFactory.create(number="01632 960001")
    RouteFactFactory.create(route=route, kind="hours", value="Day and night")
    route.facts.filter(kind="hours").update(status=FactStatus.TO_CHECK)

    page = browser.get(f"{LIST}{route.pk}/").text

    assert 'href="tel:01632960001"' in page
    assert "To be checked before launch" in page
    assert "Hello, I am ringing for" in page


def test_i_rang_it_confirms_and_leads_to_the_next_due(browser, officer, today):
    route = make_due("Late", -5)
    following = make_due("Next", -2)
    fact = route.facts.get()

    response = browser.post(
        f"{LIST}{route.pk}/",
        {"outcome": "right", f"right_{fact.pk}": "on", "note": "Friendly"},
    )

    assert response.headers["Location"] == f"{LIST}{following.pk}/"
    check = RouteCheck.objects.get()
    assert (check.route, check.made_by, check.made_on) == (route, officer, today)
    fact.refresh_from_db()
    assert (fact.checked_on, fact.check_by) == (today, today + timedelta(days=31))


def test_i_rang_it_writes_a_new_value(browser):
    route = make_due("Late", -5)
    fact = route.facts.get()

    response = browser.post(
        f"{LIST}{route.pk}/",
        {
            "outcome": "changed",
            f"right_{fact.pk}": "on",
            f"value_{fact.pk}": "01632 960555",
        },
    )

    assert response.headers["Location"] == LIST
    fact.refresh_from_db()
    assert (fact.value, fact.status) == ("01632 960555", "verified")


def test_i_rang_it_touches_no_other_route(browser):
    route = make_due("Late", -5)
    other = make_due("Other", 5)
    fact, kept = route.facts.get(), other.facts.get()

    shown = browser.get(f"{LIST}{route.pk}/").context["form"].facts
    browser.post(f"{LIST}{route.pk}/", {"outcome": "dead", f"right_{kept.pk}": "on"})

    assert shown == [fact]
    fact.refresh_from_db()
    assert fact.status == FactStatus.TO_CHECK
    before = (kept.status, kept.checked_on, kept.check_by)
    kept.refresh_from_db()
    assert (kept.status, kept.checked_on, kept.check_by) == before


@pytest.mark.parametrize(
    ("sent", "sentence"),
    (
        ({}, "This field is required."),
        ({"outcome": "right"}, "Tick what is still right."),
        ({"outcome": "no such"}, "Select a valid choice."),
    ),
)
def test_form_that_makes_no_sense_is_shown_again(browser, sent, sentence):
    route = make_due("Late", -5)

    response = browser.post(f"{LIST}{route.pk}/", sent)

    assert response.status_code == 200
    assert sentence in response.text
    assert not RouteCheck.objects.exists()


def test_desk_counts_what_is_to_ring(browser, area):
    make_due("Late", -1)
    make_due("Later", 20)
    make_due("Elsewhere", -1, area=AreaFactory.create())

    page = browser.get("/cms/").text

    line = page.partition("/cms/route-checks/?state=to_ring")[2].partition("</a>")[0]
    assert '<strong class="desk__count">1</strong>' in line
