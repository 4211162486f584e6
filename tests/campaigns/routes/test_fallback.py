from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from campaigns.routes.enums import Access, FactKind, FactStatus, RouteGroup
from campaigns.routes.fact_lines import OtherWay
from campaigns.routes.models import Route
from campaigns.routes.rendering import public_routes
from campaigns.routes.rules import GRACE_DAYS
from tests.factories.core import AreaFactory
from tests.factories.routes import RouteFactFactory, RouteFactory, RouteWordingFactory

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 1)
LAST_DAY = DUE + timedelta(days=GRACE_DAYS)
TOO_LATE = LAST_DAY + timedelta(days=1)


@pytest.fixture
def police():
    return RouteFactory.create(
        key="101", number="101", group=RouteGroup.POLICE, is_protected=True
    )


def make_local(area, **given):
    route = RouteFactory.create(key="local", area=area, **given)
    RouteFactFactory.create(route=route, value="01632 960001", check_by=DUE)
    return route


def cards(today, area, **asked):
    asked = asked or {"keys": ["local"]}
    return public_routes(language="en", today=today, area=area, **asked)


@pytest.mark.parametrize(
    ("today", "shown"),
    ((DUE, "local"), (LAST_DAY, "local"), (TOO_LATE, "101")),
)
def test_local_route_is_replaced_when_its_grace_is_over(area, police, today, shown):
    make_local(area)

    assert [card.key for card in cards(today, area)] == [shown]


def test_stand_in_says_what_it_is_and_nothing_wrong(area, police):
    make_local(area)

    (card,) = cards(TOO_LATE, area)

    assert card.number == "101"
    assert card.stand_in_note == (
        "Our local number is being checked. Use this one for now."
    )


def test_stand_in_is_never_shown_twice(area, police):
    make_local(area)

    shown = cards(TOO_LATE, area, keys=["101", "local"])

    assert [card.key for card in shown] == ["101"]
    assert shown[0].stand_in_note


def test_stand_in_of_an_editor_goes_before_the_usual_one(area, police):
    helpline = RouteFactory.create(key="helpline", number="0800", is_protected=True)
    make_local(area, fallback=helpline)

    assert [card.key for card in cards(TOO_LATE, area)] == ["helpline"]


def test_protected_route_is_never_replaced(police):
    police.facts.update(check_by=DUE)

    (card,) = public_routes(
        language="en", today=TOO_LATE + timedelta(days=900), keys=["101"]
    )

    assert (card.number, card.stand_in_note) == ("101", "")


def test_old_hours_are_left_out_and_the_number_stays(area, police):
    route = RouteFactory.create(key="local", area=area, number="01632 960001")
    RouteFactFactory.create(
        route=route, kind=FactKind.HOURS, value="Always", check_by=DUE
    )

    (before,) = cards(LAST_DAY, area)
    (after,) = cards(TOO_LATE, area)

    assert [fact.value for fact in before.facts] == ["Always"]
    assert (after.key, after.facts) == ("local", ())


def test_unverified_fact_that_is_old_replaces_nothing(area, police):
    route = RouteFactory.create(key="local", area=area, number="01632 960001")
    RouteFactFactory.create(route=route, status=FactStatus.TO_CHECK, check_by=DUE)

    assert [card.key for card in cards(TOO_LATE, area)] == ["local"]


def test_too_old_route_without_a_stand_in_is_left_out(area):
    make_local(area)

    assert cards(TOO_LATE, area) == []


@pytest.mark.parametrize("route_count", (1, 3))
def test_stand_ins_and_other_ways_cost_no_query(
    area, police, django_assert_num_queries, route_count
):
    for number in range(route_count):
        route = RouteFactory.create(key=f"local-{number}", area=area)
        RouteFactFactory.create(route=route, check_by=DUE)
    RouteFactory.create(number="18001 101", alternative_to=police)
    keys = [f"local-{number}" for number in range(route_count)]

    with django_assert_num_queries(3):
        shown = cards(TOO_LATE, area, keys=keys)

    assert [card.key for card in shown] == ["101"]


def test_card_names_the_other_ways_to_use_a_route(police):
    relay = RouteFactory.create(
        key="101-relay", access=Access.RELAY, alternative_to=police
    )
    RouteFactFactory.create(route=relay, kind=FactKind.RELAY, value="18001 101")
    bsl = RouteFactory.create(key="bsl", access=Access.BSL, alternative_to=police)
    RouteFactFactory.create(route=bsl, kind=FactKind.WEB, value="https://b.example/x")

    (card,) = public_routes(language="en", today=DUE, keys=["101"])

    assert card.other_ways == (
        OtherWay("Relay UK", "18001 101", "tel:18001101"),
        OtherWay("Sign language (BSL)", "b.example", "https://b.example/x"),
    )


def test_card_says_when_it_was_last_checked_and_in_which_role(police):
    police.facts.update(checked_on=date(2026, 11, 3), checked_role="officer")

    (card,) = public_routes(language="en", today=DUE, keys=["101"])

    assert card.last_checked == "Last checked 3 November 2026 by: Campaign officer"


def test_card_says_no_day_until_every_number_was_checked(police):
    police.facts.update(checked_on=date(2026, 11, 3))
    RouteFactFactory.create(route=police, value="102")

    (card,) = public_routes(language="en", today=DUE, keys=["101"])

    assert card.last_checked == ""


def test_stale_translation_gives_way_to_the_current_english(police):
    RouteWordingFactory.create(
        route=police, language="ur", name="Urdu words", confirmed_by="Ana Novak"
    )
    police.wordings.filter(language="en").update(when="Only when it is not urgent.")

    with translation.override("ur"):
        (card,) = public_routes(language="ur", today=DUE, keys=["101"])

    assert (card.language, card.direction) == ("en", "ltr")
    assert card.when == "Only when it is not urgent."
    assert card.language_note


def test_translation_stays_when_the_english_means_the_same(police):
    words = RouteWordingFactory.create(
        route=police, language="ur", name="Urdu words", confirmed_by="Ana Novak"
    )
    police.wordings.filter(language="en").update(
        when="Anytime.", same_meaning=[words.source_hash]
    )

    (card,) = public_routes(language="ur", today=DUE, keys=["101"])

    assert (card.name, card.language, card.direction, card.language_note) == (
        "Urdu words",
        "ur",
        "rtl",
        "",
    )


def test_local_routes_of_the_force_serve_its_districts(area):
    force = AreaFactory.create(kind="force")
    area.parent = force
    area.save()
    RouteFactory.create(key="of-force", area=force, number="1")
    RouteFactory.create(key="elsewhere", area=AreaFactory.create(), number="2")

    keys = ["of-force", "elsewhere"]
    assert [card.key for card in cards(DUE, area, keys=keys)] == ["of-force"]
    assert cards(DUE, None, keys=keys) == []


def test_stand_in_must_be_protected_and_national(area, police):
    route = RouteFactory.create(key="local", area=area)
    for other in (route, RouteFactory.create(), RouteFactory.create(area=area)):
        route.fallback = other
        with pytest.raises(ValidationError):
            route.full_clean()
    route.fallback = police
    route.full_clean()


def test_database_refuses_a_route_that_stands_in_for_itself(police):
    with pytest.raises(IntegrityError), transaction.atomic():
        Route.objects.filter(pk=police.pk).update(fallback=police.pk)
