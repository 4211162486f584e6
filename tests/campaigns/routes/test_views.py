import re

import pytest
from django.test import Client

from campaigns.routes.enums import RouteGroup
from campaigns.routes.loading import load_routes
from campaigns.routes.models import ServedPlace
from campaigns.routes.rules import folded
from core.models import Area
from tests.factories.core import AreaFactory
from tests.factories.routes import RouteFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("confirmed_languages"),
]
NAME = re.compile(r'route-card__name"[^>]*>([^<]*)<')
STEP = "/report/gone/street/"


@pytest.fixture
def routes(now, area):
    load_routes(today=now.date())
    RouteFactory.create(
        key="own",
        area=area,
        number="01632 960001",
        group=RouteGroup.CHILD,
        words__name="Ashbeck front door",
    )


@pytest.fixture
def town(area):
    return ServedPlace.objects.create(
        area=area, name="Saint-Léry", folded=folded("Saint-Léry")
    )


def names_on(page: str) -> list[str]:
    return NAME.findall(page)


def test_finder_leads_to_999_at_once(client: Client, routes):
    first = client.get("/report/").text
    danger = client.get("/report/now/").text

    assert 'href="/report/now/"' in first
    main = danger[danger.index('<main id="main"') :]
    assert re.findall(r'href="((?:tel|sms):[^"]+)"', main)[0] == "tel:999"
    assert "question" not in main.lower()


@pytest.mark.parametrize(
    "path", ("", "gone/", "gone/street/", "gone/street/anywhere/", "now/", "all/")
)
def test_every_step_begins_with_999(client: Client, routes, path):
    page = client.get(f"/report/{path}").text

    numbers = re.findall(r'href="((?:tel|sms):[^"]+)"', page)
    assert numbers[0] == "tel:999"
    assert page.index('href="tel:999"') < page.index("<h1")


@pytest.mark.parametrize("path", ("gone/street/anywhere/", "now/", "all/"))
def test_every_list_of_routes_begins_with_999(client: Client, routes, path):
    page = client.get(f"/report/{path}").text

    main = page[page.index('<main id="main"') :]
    assert re.findall(r'href="((?:tel|sms):[^"]+)"', main)[0] == "tel:999"


def test_finder_asks_three_questions(client: Client, routes, area):
    when = client.get("/report/").text
    what = client.get("/report/gone/").text
    where = client.get(STEP).text

    assert re.findall(r'finder__choice[^"]*"\s+href="([^"]+)"', when) == [
        "/report/now/",
        "/report/gone/",
        "/report/unsure/",
    ]
    assert re.findall(r'finder__choice[^"]*"\s+href="([^"]+)"', what) == [
        "/report/gone/business/",
        "/report/gone/street/",
        "/report/gone/home/",
        "/report/gone/online/",
        "/pages/",
    ]
    assert re.findall(r'finder__choice[^"]*"\s+href="([^"]+)"', where) == [
        "/report/gone/street/ashbeck/",
        "/report/gone/street/anywhere/",
    ]


def test_answer_names_the_local_route_with_its_area(client: Client, routes):
    page = client.get("/report/unsure/home/ashbeck/").text

    assert names_on(page)[:3] == ["Ashbeck front door", "NSPCC Helpline", "101"]
    assert "<bdi>Ashbeck</bdi>" in page
    assert "What happens next" in page
    assert "tel:18001101" in page


def test_answer_begins_with_101_while_the_trail_is_fresh(client: Client, routes):
    page = client.get("/report/gone/home/ashbeck/").text

    assert names_on(page)[:2] == ["101", "Ashbeck front door"]


def test_answer_without_an_area_names_national_routes_only(client: Client, routes):
    page = client.get("/report/gone/online/anywhere/").text

    assert "Ashbeck front door" not in names_on(page)
    assert names_on(page)[:2] == ["101", "CEOP Safety Centre"]


@pytest.mark.parametrize("typed", ("Saint-Léry", " saint LERY ", "SAINT-LÉRY"))
def test_typed_place_leads_to_its_area_and_stands_in_no_address(
    client: Client, town, typed
):
    response = client.post(STEP, {"place": typed})

    assert (response.status_code, response.headers["Location"]) == (
        303,
        f"{STEP}ashbeck/",
    )


@pytest.mark.parametrize("typed", ("zz1", "ZZ1 4BD", "zz14bd"))
def test_whole_postcode_is_known_by_its_first_half(client: Client, area, typed):
    ServedPlace.objects.create(area=area, name="ZZ1", folded=folded("ZZ1"))

    assert client.post(STEP, {"place": typed}).status_code == 303


@pytest.mark.parametrize(
    "typed",
    (
        "",
        "Nowhere",
        "x" * 10_000,
        "a\x00b\x07\u2028",
        "\u202e\u0645\u0627\u0646\u0686",
        "'; DROP TABLE",
        "<script>alert(1)</script>",
    ),
)
def test_unknown_place_is_answered_with_national_routes_at_once(
    client: Client, routes, typed
):
    response = client.post(STEP, {"place": typed})

    page = response.text
    assert response.status_code == 200
    assert "We do not know that place." in page
    assert names_on(page)[0] == "101"
    if typed:
        assert typed not in page
    assert 'href="/report/gone/street/ashbeck/"' in page


@pytest.mark.parametrize(
    ("headers", "status"),
    (
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Origin": "http://testserver"}, 303),
        ({"Origin": "null"}, 303),
        ({}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
    ),
)
def test_form_of_another_site_is_answered_with_numbers_only(
    client: Client, town, routes, headers, status
):
    response = client.post(STEP, {"place": "saint lery"}, headers=headers)

    assert response.status_code == status
    assert ("tel:101" in response.text) is (status == 403)


def test_typed_place_needs_no_token_and_sets_no_cookie(town):
    client = Client(enforce_csrf_checks=True)

    response = client.post(STEP, {"place": "saint lery"})

    assert (response.status_code, response.cookies) == (303, {})


def test_typed_place_keeps_the_language(client: Client, town):
    response = client.post(f"/ur{STEP}", {"place": "saint lery"})

    assert response.headers["Location"] == f"/ur{STEP}ashbeck/"


@pytest.mark.parametrize(
    "path",
    (
        "later/",
        "now/street/",
        "gone/elsewhere/",
        "gone/me/",
        "gone/me/anywhere/",
        "gone/street/atlantis/",
    ),
)
def test_unknown_step_is_not_found_and_still_helps(client: Client, path):
    response = client.get(f"/report/{path}")

    assert response.status_code == 404
    assert 'href="tel:999"' in response.text


def test_finder_takes_no_answer_in_the_query(client: Client, town):
    response = client.get(f"{STEP}?place=saint+lery")

    assert response.status_code == 200
    assert "saint" not in response.text


@pytest.mark.parametrize("path", ("", "gone/", "gone/street/anywhere/", "all/"))
def test_steps_answer_reading_only(client: Client, path):
    assert client.post(f"/report/{path}").status_code == 405


def test_finder_helps_before_any_route_is_entered(client: Client):
    for path in ("all/", "now/", "gone/street/anywhere/"):
        assert 'href="tel:101"' in client.get(f"/report/{path}").text


def test_all_routes_stand_under_what_the_reader_wants(client: Client):
    RouteFactory.create(number="0800 11", group=RouteGroup.SUPPORT, words__name="Care")
    RouteFactory.create(key="999", number="999", group=RouteGroup.EMERGENCY)

    page = client.get("/report/all/").text

    assert page.index('id="emergency"') < page.index('id="support"')
    assert page.index('href="tel:999"') < page.index('href="tel:080011"')
    assert "Care" in page


@pytest.mark.parametrize("route_count", (1, 3))
def test_all_routes_ask_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries, route_count
):
    for _ in range(route_count):
        RouteFactory.create(number="0800 11")

    with django_assert_num_queries(7):
        page = client.get("/report/all/").text

    assert page.count('href="tel:080011"') == route_count


@pytest.mark.parametrize("area_count", (1, 3))
def test_areas_ask_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries, area_count
):
    AreaFactory.create_batch(area_count)

    with django_assert_num_queries(5):
        page = client.get(STEP).text

    assert page.count('class="finder__choice"') == Area.objects.count() + 1
