from pathlib import Path

import pytest

from campaigns.routes.loading import load_routes
from campaigns.routes.models import Route
from core.models import Area, AuditEvent

pytestmark = pytest.mark.django_db

CONTENT = """
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

[[route]]
key = "local"
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
    load_routes(content)

    route = Route.objects.get()
    assert (route.key, route.position, route.is_protected) == ("line", 10, True)
    assert [str(fact.value) for fact in route.facts.all()] == ["0800 111"]
    assert [wording.name for wording in route.wordings.all()] == ["The line"]


def test_load_routes_waits_for_the_area_of_a_local_route(content: Path):
    before = load_routes(content)
    area = Area.objects.create(name="Ashbeck", slug="ashbeck")

    after = load_routes(content)

    assert (before, after) == (["line"], ["local"])
    assert Route.objects.get(key="local").area == area


def test_load_routes_again_keeps_what_an_editor_changed(content: Path):
    load_routes(content)
    Route.objects.get().facts.update(value="0800 222")
    Route.objects.get().wordings.update(name="Our line")

    assert load_routes(content) == []

    route = Route.objects.get()
    assert [fact.value for fact in route.facts.all()] == ["0800 222"]
    assert [wording.name for wording in route.wordings.all()] == ["Our line"]


def test_load_routes_is_audited_once(content: Path):
    load_routes(content)
    load_routes(content)

    (event,) = AuditEvent.objects.all()
    assert (event.verb, event.job, event.facts) == (
        "routes.loaded",
        "campaigns.routes.loading",
        {"keys": ["line"]},
    )


def test_load_routes_reads_the_routes_we_ship():
    load_routes()

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
