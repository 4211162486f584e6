from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from campaigns.guidance.services import grant_permissions
from campaigns.routes.enums import FactStatus
from campaigns.routes.loading import load_places
from campaigns.routes.models import Route, ServedPlace
from core.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.routes import RouteFactFactory, RouteFactory, RouteWordingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    grant_permissions()
    return UserFactory.create(roles=[Role.EDITOR])


def form_of(route: Route, **changed: str) -> dict[str, str]:
    (fact,) = route.facts.all()
    (wording,) = route.wordings.all()
    return {
        "key": route.key,
        "group": route.group,
        "position": "10",
        "area": "",
        "anonymity": route.anonymity,
        "access": route.access,
        "alternative_to": "",
        "fallback": "",
        "check_every_days": "31",
        "keep_note": "",
        "facts-TOTAL_FORMS": "1",
        "facts-INITIAL_FORMS": "1",
        "facts-0-id": str(fact.pk),
        "facts-0-kind": fact.kind,
        "facts-0-value": fact.value,
        "facts-0-source": "",
        "facts-0-source_url": "",
        "facts-0-note": "",
        "wordings-TOTAL_FORMS": "1",
        "wordings-INITIAL_FORMS": "1",
        "wordings-0-id": str(wording.pk),
        "wordings-0-language": "en",
        "wordings-0-name": wording.name,
        "wordings-0-when": wording.when,
        "wordings-0-say": "",
        "wordings-0-say_business": "",
        "wordings-0-note": "",
        "wordings-0-confirmed_by": "",
        **changed,
    }


def test_editor_changes_a_number_once(client_of, editor, client):
    route = RouteFactory.create(number="0800 111")
    address = f"/cms/reporting-routes/edit/{route.pk}/"

    response = client_of(editor).post(
        address,
        form_of(route, **{"facts-0-value": "0800 222", "facts-0-is_checked": "on"}),
    )

    assert response.status_code == 302
    assert [fact.value for fact in route.facts.all()] == ["0800 222"]
    assert 'href="tel:0800222"' in client.get("/report/all/").content.decode()


def test_changed_number_leaves_the_public_until_it_was_checked(
    client_of, editor, client
):
    route = RouteFactory.create(number="0800 111")

    client_of(editor).post(
        f"/cms/reporting-routes/edit/{route.pk}/",
        form_of(route, **{"facts-0-value": "0800 222"}),
    )

    assert [fact.status for fact in route.facts.all()] == ["to_check"]
    assert "0800 222" not in client.get("/report/all/").text


def test_tick_verifies_a_fact_for_one_interval(client_of, editor):
    route = RouteFactory.create(number="0800 111")

    client_of(editor).post(
        f"/cms/reporting-routes/edit/{route.pk}/",
        form_of(route, **{"facts-0-is_checked": "on", "check_every_days": "10"}),
    )

    fact = route.facts.get()
    today = timezone.localdate()
    assert (fact.status, fact.checked_on, fact.check_by, fact.checked_by) == (
        "verified",
        today,
        today + timedelta(days=10),
        editor,
    )


def test_edit_is_audited(client_of, editor):
    route = RouteFactory.create(number="0800 111")
    fact = route.facts.get()

    client_of(editor).post(
        f"/cms/reporting-routes/edit/{route.pk}/",
        form_of(route, **{"facts-0-value": "0800 222", "wordings-0-when": "New."}),
    )

    event = AuditEvent.objects.get(verb="route.changed")
    assert (event.actor, event.facts) == (
        editor,
        {"confirmed": [], "doubted": [fact.pk], "english": "material"},
    )


@pytest.mark.parametrize(("tick", "is_read"), (("", False), ("on", True)))
def test_english_edit_keeps_translations_only_when_the_meaning_is_the_same(
    client_of, editor, tick, is_read
):
    route = RouteFactory.create(number="0800 111")
    english = route.wordings.get()
    posted = form_of(route, **{"wordings-0-when": "At any time."})
    polish = RouteWordingFactory.create(route=route, language="pl")
    posted |= {
        "wordings-TOTAL_FORMS": "2",
        "wordings-INITIAL_FORMS": "2",
        "wordings-1-id": str(polish.pk),
        "wordings-1-language": "pl",
        "wordings-1-name": polish.name,
        "wordings-1-when": polish.when,
    }

    response = client_of(editor).post(
        f"/cms/reporting-routes/edit/{route.pk}/", posted | {"is_cosmetic": tick}
    )

    assert response.status_code == 302
    english.refresh_from_db()
    polish.refresh_from_db()
    assert english.when == "At any time."
    assert polish.may_be_read_for(english) is is_read


def test_new_words_of_a_translation_wait_to_be_confirmed(client_of, editor):
    route = RouteFactory.create(number="0800 111")
    posted = form_of(route)
    polish = RouteWordingFactory.create(
        route=route, language="pl", confirmed_by="Ana Novak", source_hash="old"
    )
    posted |= {
        "wordings-TOTAL_FORMS": "2",
        "wordings-INITIAL_FORMS": "2",
        "wordings-1-id": str(polish.pk),
        "wordings-1-language": "pl",
        "wordings-1-name": "Nowa linia",
        "wordings-1-when": polish.when,
        "wordings-1-confirmed_by": "Ana Novak",
    }

    client_of(editor).post(f"/cms/reporting-routes/edit/{route.pk}/", posted)

    polish.refresh_from_db()
    assert (polish.name, polish.confirmed_by) == ("Nowa linia", "")
    assert polish.source_hash == route.wordings.get(language="en").own_hash()


def test_protected_route_keeps_a_checked_number(client_of, editor):
    route = RouteFactory.create(number="101", is_protected=True)

    response = client_of(editor).post(
        f"/cms/reporting-routes/edit/{route.pk}/",
        form_of(route, **{"facts-0-value": "102", "is_protected": "on"}),
    )

    assert "This route is never hidden" in response.text
    assert [fact.value for fact in route.facts.all()] == ["101"]


@pytest.mark.parametrize("view", ("edit", "history", "usage", "delete"))
def test_route_of_another_area_is_not_found_in_any_view(client_of, view):
    grant_permissions()
    own = AreaFactory.create()
    person = UserFactory.create(roles=[Role.OFFICER], areas=[own])
    mine = RouteFactory.create(area=own)
    other = RouteFactory.create(area=AreaFactory.create())
    browser = client_of(person)

    answers = [
        browser.get(f"/cms/reporting-routes/{view}/{route.pk}/").status_code
        for route in (mine, other)
    ]

    # Nobody may delete: Wagtail leads away from a route that is there.
    assert answers == [302 if view == "delete" else 200, 404]


def test_route_list_shows_national_routes_and_own_areas(client_of, area):
    grant_permissions()
    RouteFactory.create(words__name="Nation")
    RouteFactory.create(words__name="Mine", area=area)
    RouteFactory.create(words__name="Elsewhere", area=AreaFactory.create())
    person = UserFactory.create(roles=[Role.OFFICER], areas=[area])

    page = client_of(person).get("/cms/reporting-routes/").text

    assert [name in page for name in ("Nation", "Mine", "Elsewhere")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("view", ("copy", "inspect"))
def test_routes_have_no_other_views(client_of, editor, view):
    route = RouteFactory.create()

    response = client_of(editor).get(f"/cms/reporting-routes/{view}/{route.pk}/")

    assert response.status_code == 404


def test_place_is_added_folded_and_found_by_readers(client_of, client, area):
    grant_permissions()
    person = UserFactory.create(roles=[Role.OFFICER], areas=[area])

    response = client_of(person).post(
        "/cms/places/new/", {"name": "Nether Quill", "area": area.pk}
    )

    assert response.status_code == 302
    assert AuditEvent.objects.get(verb="place.added").actor == person
    found = client.post("/report/gone/home/", {"place": "NETHER-QUILL"})
    assert found.headers["Location"] == "/report/gone/home/ashbeck/"


@pytest.mark.parametrize(
    ("name", "sentence"),
    (
        ("NETHER quill", "This place is in the list already."),
        ("...", "Write the name of a place."),
    ),
)
def test_place_that_cannot_be_told_apart_is_refused(client_of, area, name, sentence):
    grant_permissions()
    load_places({area: ["Nether Quill"]})
    person = UserFactory.create(roles=[Role.OFFICER], areas=[area])

    response = client_of(person).post(
        "/cms/places/new/", {"name": name, "area": area.pk}
    )

    assert sentence in response.text
    assert ServedPlace.objects.count() == 1


def test_place_of_another_area_is_neither_shown_nor_added(client_of, area):
    grant_permissions()
    other = AreaFactory.create()
    load_places({other: ["Farthing"], area: ["Nether Quill"]})
    browser = client_of(UserFactory.create(roles=[Role.OFFICER], areas=[area]))

    page = browser.get("/cms/places/").text
    browser.post("/cms/places/new/", {"name": "Wick", "area": other.pk})
    edit = browser.get(f"/cms/places/edit/{other.places.get().pk}/")

    assert ("Nether Quill" in page, "Farthing" in page) == (True, False)
    assert (ServedPlace.objects.count(), edit.status_code) == (2, 404)


def test_the_same_fact_twice_is_refused(client_of, editor):
    route = RouteFactory.create(number="0800 111")
    again = {
        "facts-TOTAL_FORMS": "2",
        "facts-1-kind": "number",
        "facts-1-value": "0800 111",
    }

    response = client_of(editor).post(
        f"/cms/reporting-routes/edit/{route.pk}/", form_of(route, **again)
    )

    assert response.status_code == 200
    assert route.facts.count() == 1


@pytest.mark.parametrize("route_count", (1, 3))
def test_route_list_asks_the_same_however_many(
    client_of, editor, django_assert_num_queries, route_count
):
    for number in range(route_count):
        route = RouteFactory.create(words__name=f"Line {number}")
        RouteFactFactory.create(route=route, status=FactStatus.TO_CHECK)
    browser = client_of(editor)
    browser.get("/cms/reporting-routes/")

    with django_assert_num_queries(16):
        page = browser.get("/cms/reporting-routes/").content.decode()

    assert sum(f"Line {number}" in page for number in range(3)) == route_count


def test_route_list_finds_by_name(client_of, editor):
    RouteFactory.create(words__name="Night line")
    RouteFactory.create(words__name="Day line")

    page = client_of(editor).get("/cms/reporting-routes/?q=night").content.decode()

    assert ("Night line" in page, "Day line" in page) == (True, False)


def test_nobody_deletes_a_route_here(client_of, editor):
    route = RouteFactory.create()

    client_of(editor).post(f"/cms/reporting-routes/delete/{route.pk}/")

    assert Route.objects.filter(pk=route.pk).exists()


@pytest.mark.parametrize("role", (Role.MANAGER, Role.TESTER, Role.BOARD))
def test_others_do_not_change_a_route(client_of, role):
    grant_permissions()
    route = RouteFactory.create(number="0800 111")

    client_of(UserFactory.create(roles=[role])).post(
        f"/cms/reporting-routes/edit/{route.pk}/",
        form_of(route, **{"facts-0-value": "0800 222"}),
    )

    assert [fact.value for fact in route.facts.all()] == ["0800 111"]
