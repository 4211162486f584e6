from datetime import date
from pathlib import Path

import pytest

from campaigns.routes.enums import STAND_INS
from campaigns.routes.loading import load_places, load_routes
from campaigns.routes.models import Route, ServedPlace
from core.models import Area, AuditEvent

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)
CONTENT = """
[sources]
known = "https://source.example/page"

[[route]]
key = "line"
group = "child"
position = 10
is_protected = true
anonymity = "named"
[route.en]
name = "The line"
when = "Any time."
[[route.fact]]
kind = "number"
value = "0800 111"
status = "verified"
source = "other, known"
[route.pl]
name = "Linia"
when = "Zawsze."

[[route]]
key = "local"
fallback = "line"
alternative_to = "line"
access = "relay"
group = "support"
position = 20
is_protected = false
area = "ashbeck"
anonymity = "unknown"
[route.en]
name = "Near you"
when = "In the day."
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    path = tmp_path / "routes.toml"
    path.write_text(CONTENT)
    return path


def test_load_routes_writes_facts_and_words(content: Path):
    load_routes(content, today=TODAY)

    route = Route.objects.get()
    assert (route.key, route.position, route.is_protected) == ("line", 10, True)
    assert [str(fact.value) for fact in route.facts.all()] == ["0800 111"]
    assert list(route.wordings.order_by("pk").values_list("language", "name")) == [
        ("en", "The line"),
        ("pl", "Linia"),
    ]


def test_load_routes_makes_verified_facts_due_one_interval_from_today(content: Path):
    load_routes(content, today=TODAY)

    fact = Route.objects.get().facts.get()
    assert (fact.checked_on, fact.check_by) == (None, date(2026, 12, 19))
    assert fact.source_url == "https://source.example/page"


def test_load_routes_ties_a_translation_to_its_english(content: Path):
    load_routes(content, today=TODAY)

    english, polish = Route.objects.get().wordings.order_by("pk")
    assert polish.source_hash == english.own_hash()
    assert polish.may_be_read_for(english)
    assert polish.confirmed_by == ""


def test_load_routes_joins_a_route_to_its_stand_in(content: Path):
    Area.objects.create(name="Ashbeck", slug="ashbeck")

    load_routes(content, today=TODAY)

    local = Route.objects.get(key="local")
    assert (local.fallback.key, local.alternative_to.key, local.access) == (
        "line",
        "line",
        "relay",
    )


def test_load_routes_waits_for_the_area_of_a_local_route(content: Path):
    before = load_routes(content, today=TODAY)
    area = Area.objects.create(name="Ashbeck", slug="ashbeck")

    after = load_routes(content, today=TODAY)

    assert (before, after) == (["line"], ["local"])
    assert Route.objects.get(key="local").area == area


def test_load_routes_again_keeps_what_an_editor_changed(content: Path):
    load_routes(content, today=TODAY)
    Route.objects.get().facts.update(value="0800 222")
    Route.objects.get().wordings.filter(language="en").update(name="Our line")

    assert load_routes(content, today=TODAY) == []

    route = Route.objects.get()
    assert [fact.value for fact in route.facts.all()] == ["0800 222"]
    english = route.wordings.get(language="en")
    assert (english.name, route.wordings.count()) == ("Our line", 2)


def test_load_routes_is_audited_once(content: Path):
    load_routes(content, today=TODAY)
    load_routes(content, today=TODAY)

    (event,) = AuditEvent.objects.all()
    assert (event.verb, event.job, event.facts) == (
        "routes.loaded",
        "campaigns.routes.loading",
        {"keys": ["line"], "drafts": 0},
    )


def test_load_routes_reads_the_routes_we_ship():
    load_routes(today=TODAY)

    protected = Route.objects.filter(is_protected=True).order_by("position")
    assert [route.key for route in protected] == [
        "999",
        "999-silent",
        "999-bsl",
        "999-sms",
        "999-relay",
        "101",
        "101-relay",
        "crimestoppers",
        "childline",
    ]


def test_every_stand_in_we_ship_is_protected_and_national():
    load_routes(today=TODAY)

    for route in Route.objects.all():
        route.clean()
    usual = Route.objects.filter(key__in=STAND_INS.values())
    assert {route.key for route in usual} == {*STAND_INS.values()}
    assert all(route.is_protected and route.area_id is None for route in usual)


def test_load_places_adds_each_once(area):
    counts = [load_places({area: ["Nether Quill", "nether quill", "ZZ1"]})]
    counts.append(load_places({area: ["Nether Quill"]}))

    assert counts == [2, 0]
    assert set(ServedPlace.objects.values_list("folded", flat=True)) == {
        "nether quill",
        "zz1",
    }
