import pytest
from django.test import Client

from campaigns.routes.enums import RouteGroup
from tests.factories.routes import RouteFactory

pytestmark = pytest.mark.django_db


def test_finder_lists_routes_under_what_the_reader_wants(client: Client):
    RouteFactory.create(number="0800 11", group=RouteGroup.SUPPORT, words__name="Care")
    RouteFactory.create(key="999", number="999", group=RouteGroup.EMERGENCY)

    page = client.get("/report/").content.decode()

    assert page.index('id="emergency"') < page.index('id="support"')
    assert page.index('href="tel:999"') < page.index('href="tel:080011"')
    assert "Care" in page


def test_finder_helps_before_any_route_is_entered(client: Client):
    page = client.get("/report/").content.decode()

    assert 'href="tel:101"' in page


@pytest.mark.parametrize("route_count", (1, 3))
def test_finder_asks_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries, route_count
):
    for _ in range(route_count):
        RouteFactory.create(number="0800 11")

    with django_assert_num_queries(6):
        page = client.get("/report/").content.decode()

    assert page.count('href="tel:080011"') == route_count


def test_finder_answers_reading_only(client: Client):
    assert client.post("/report/").status_code == 405
