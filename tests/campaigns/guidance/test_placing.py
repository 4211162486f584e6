from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from campaigns.guidance.links import SiteLink
from campaigns.guidance.placing import PlacedWords, place
from campaigns.routes.enums import FactKind
from tests.factories.routes import RouteFactFactory, RouteFactory

pytestmark = pytest.mark.django_db

LINKS = [
    SiteLink("finder", "Who to tell", "/report/", "place"),
    SiteLink("hotels", "Hotels", "/hotels/", "audiencepage"),
]


def placed(*texts: str) -> PlacedWords:
    return place([], links=LINKS, language="en", today=date(2026, 11, 18))


def test_inline_writes_a_number_as_a_call():
    RouteFactory.create(key="101", number="101", words__name="101")

    words = placed("Ring {route:101}.").inline("Ring {route:101}.")

    assert words == 'Ring <a href="tel:101">101</a>.'


def test_inline_names_a_route_beside_its_number():
    RouteFactory.create(key="line", number="0800 11", words__name="The line")

    words = placed("{route:line}").inline("{route:line}")

    assert words == 'The line (<a href="tel:080011">0800 11</a>)'


def test_inline_links_a_route_that_has_no_number():
    route = RouteFactory.create(key="ceop", words__name="CEOP")
    RouteFactFactory.create(route=route, kind=FactKind.WEB, value="https://a.example")

    words = placed("{route:ceop}").inline("{route:ceop}")

    assert words == '<a href="https://a.example">CEOP</a>'


def test_inline_links_a_page_by_its_short_title():
    assert placed().inline("{link:hotels}") == '<a href="/hotels/">Hotels</a>'


@pytest.mark.parametrize("token", ("{route:gone}", "{link:gone}", "{link:join}"))
def test_inline_leads_a_dead_token_to_who_to_tell(token):
    words = placed(token).inline(f"See {token}.")

    assert words == 'See <a href="/report/">Who to tell</a>.'


def test_inline_escapes_what_an_editor_typed():
    assert placed().inline("<b> & {odd}") == "&lt;b&gt; &amp; {odd}"


def test_plain_writes_words_without_links():
    RouteFactory.create(key="999", number="999", words__name="999")

    words = placed("{route:999}").plain("Ring {route:999} or see {link:hotels}.")

    assert words == "Ring 999 or see Hotels."


def test_paragraphs_are_parted_by_empty_lines():
    assert placed().paragraphs("One.\n\n \nTwo.\n") == ["One.", "Two."]


def test_place_asks_nothing_for_a_page_that_places_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
):
    with django_assert_num_queries(0):
        assert placed().inline("Plain words.") == "Plain words."


def test_names_in_urdu_are_marked_around_tokens():
    urdu = place([], links=LINKS, language="ur", today=date(2026, 11, 18))
    name = '<bdi lang="en" dir="ltr">NSPCC</bdi>'

    assert urdu.inline("NSPCC سے {link:hotels}") == (
        f'{name} سے <a href="/hotels/">Hotels</a>'
    )
    assert urdu.named("NSPCC سے") == f"{name} سے"
    assert urdu.in_english().inline("NSPCC") == "NSPCC"
