from datetime import date

import pytest
from pytest_django import Settings

from campaigns.routes.enums import Access, Anonymity, FactKind, FactStatus, RouteGroup
from campaigns.routes.fact_lines import FactLine
from campaigns.routes.rendering import public_routes, routes_by_wish
from core.models import Area
from tests.factories.routes import RouteFactFactory, RouteFactory, RouteWordingFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


def keys_of(**asked):
    return [card.key for card in public_routes(language="en", today=TODAY, **asked)]


def test_public_routes_shows_a_verified_number_as_a_call():
    RouteFactory.create(
        key="line", number="0800 111", anonymity=Anonymity.ANONYMOUS, words__say="Hello"
    )

    (card,) = public_routes(language="en", today=TODAY)

    assert (card.verb, card.number, card.number_href) == (
        "Call",
        "0800 111",
        "tel:0800111",
    )
    assert (card.say, card.anonymity) == ("Hello", "You do not give your name")
    assert card.status_note == ""


def test_public_routes_leaves_out_unverified_facts_and_keeps_the_route():
    route = RouteFactory.create()
    RouteFactFactory.create(route=route, value="01", status=FactStatus.TO_CHECK)
    RouteFactFactory.create(route=route, kind=FactKind.WEB, value="https://a.example")

    (card,) = public_routes(language="en", today=TODAY)

    assert (card.number, card.number_href, card.facts) == ("", "", ())
    assert card.url == "https://a.example"


def test_public_routes_marks_unverified_facts_in_a_demonstration(settings: Settings):
    settings.DEMONSTRATION = True
    route = RouteFactory.create()
    RouteFactFactory.create(route=route, value="01", status=FactStatus.TO_CHECK)

    (card,) = public_routes(language="en", today=TODAY)

    assert card.number == "01"
    assert card.status_note == "To be checked before launch: <bdi>01</bdi>"


def test_public_routes_prefers_a_verified_number(settings: Settings):
    settings.DEMONSTRATION = True
    route = RouteFactory.create()
    RouteFactFactory.create(route=route, value="01", status=FactStatus.TO_CHECK)
    RouteFactFactory.create(route=route, value="02")

    (card,) = public_routes(language="en", today=TODAY)

    assert card.number == "02"
    assert card.facts == (FactLine("Telephone number", "01", "tel:01"),)


def test_public_routes_leaves_out_a_route_of_which_nothing_is_usable():
    route = RouteFactory.create(key="no-number")
    RouteFactFactory.create(route=route, status=FactStatus.TO_CHECK)
    RouteFactFactory.create(route=route, kind=FactKind.COST, value="Free")

    assert keys_of() == []


def test_public_routes_never_hides_a_protected_route():
    RouteFactory.create(key="kept", is_protected=True)

    assert keys_of() == ["kept"]


def test_public_routes_puts_999_first_and_then_the_order_asked_for():
    for key in ("101", "crimestoppers", "999"):
        RouteFactory.create(key=key, number="1")

    assert keys_of(keys=["crimestoppers", "101", "999"]) == [
        "999",
        "crimestoppers",
        "101",
    ]


def test_public_routes_joins_keys_and_groups():
    RouteFactory.create(key="asked", number="1", group=RouteGroup.POLICE)
    RouteFactory.create(key="of-group", number="1", group=RouteGroup.ONLINE)
    RouteFactory.create(key="other", number="1", group=RouteGroup.SUPPORT)

    assert keys_of(keys=["asked"], groups=[RouteGroup.ONLINE]) == ["asked", "of-group"]


def test_public_routes_shows_local_routes_in_their_area_only(area: Area):
    RouteFactory.create(key="national", number="1")
    RouteFactory.create(key="local", number="1", area=area)

    assert keys_of() == ["national"]
    assert keys_of(area=area) == ["national", "local"]


def test_public_routes_gives_staff_their_own_words():
    RouteFactory.create(number="1", words__say="Plain", words__say_business="Code")

    said = [
        public_routes(language="en", today=TODAY, for_business=voice)[0].say
        for voice in (False, True)
    ]

    assert said == ["Plain", "Code"]


@pytest.mark.parametrize(
    ("for_business", "words"), ((False, ("Powiedz", "Say")), (True, ("Kod", "Code")))
)
def test_public_routes_gives_the_english_words_below_others(for_business, words):
    route = RouteFactory.create(
        number="1", words__say="Say", words__say_business="Code"
    )
    RouteWordingFactory.create(
        route=route,
        language="pl",
        say="Powiedz",
        say_business="Kod",
        confirmed_by="A person",
    )

    (card,) = public_routes(language="pl", today=TODAY, for_business=for_business)

    assert (card.say, card.say_english) == words


@pytest.mark.parametrize(
    ("access", "label"),
    ((Access.VOICE, "What to say"), (Access.SILENT, "What to do")),
)
def test_public_routes_names_words_to_say_and_things_to_do(access, label):
    RouteFactory.create(number="1", access=access, words__say="Words")

    assert public_routes(language="en", today=TODAY)[0].say_label == label


@pytest.mark.parametrize("language", ("en", "pl"))
def test_public_routes_gives_english_words_once(language):
    RouteFactory.create(number="1", words__say="Say")

    (card,) = public_routes(language=language, today=TODAY)

    assert (card.say, card.say_english) == ("Say", "")


def test_public_routes_gives_no_english_words_when_there_are_none_to_say():
    route = RouteFactory.create(number="1", words__say="Say")
    RouteWordingFactory.create(route=route, language="pl", confirmed_by="A person")

    (card,) = public_routes(language="pl", today=TODAY)

    assert (card.language, card.say, card.say_english) == ("pl", "", "")


def test_public_routes_speaks_plainly_when_staff_have_no_words_of_their_own():
    RouteFactory.create(number="1", words__say="Plain")

    assert (
        public_routes(language="en", today=TODAY, for_business=True)[0].say == "Plain"
    )


@pytest.mark.parametrize(
    ("confirmed_by", "demonstration", "language"),
    (("", False, "en"), ("Ana Novak", False, "pl"), ("", True, "pl")),
)
def test_public_routes_speaks_a_language_once_it_is_confirmed(
    settings: Settings, confirmed_by, demonstration, language
):
    settings.DEMONSTRATION = demonstration
    route = RouteFactory.create(number="1")
    RouteWordingFactory.create(route=route, language="pl", confirmed_by=confirmed_by)

    assert public_routes(language="pl", today=TODAY)[0].language == language


def test_public_routes_says_text_for_a_text_message():
    route = RouteFactory.create()
    RouteFactFactory.create(route=route, kind=FactKind.SMS, value="61016")

    (card,) = public_routes(language="en", today=TODAY)

    assert (card.verb, card.number_href) == ("Text", "sms:61016")


@pytest.mark.parametrize("route_count", (1, 3))
def test_public_routes_asks_three_queries(django_assert_num_queries, route_count):
    for _ in range(route_count):
        RouteFactory.create(number="1")

    with django_assert_num_queries(3):
        assert len(public_routes(language="en", today=TODAY)) == route_count


def test_routes_by_wish_begins_with_danger_and_leaves_out_empty_wishes():
    RouteFactory.create(key="help", number="1", group=RouteGroup.SUPPORT)
    RouteFactory.create(key="999", number="999", group=RouteGroup.EMERGENCY)

    wishes = routes_by_wish(language="en", today=TODAY)

    assert [(wish.key, [card.key for card in wish.routes]) for wish in wishes] == [
        ("emergency", ["999"]),
        ("support", ["help"]),
    ]
