import pytest

from accounts.enums import Role
from campaigns.guidance.services import grant_permissions
from campaigns.routes.enums import FactStatus
from campaigns.routes.models import Route
from tests.factories.accounts import UserFactory
from tests.factories.routes import RouteFactFactory, RouteFactory

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
        "facts-TOTAL_FORMS": "1",
        "facts-INITIAL_FORMS": "1",
        "facts-0-id": str(fact.pk),
        "facts-0-kind": fact.kind,
        "facts-0-value": fact.value,
        "facts-0-status": fact.status,
        "facts-0-source": "",
        "facts-0-note": "",
        "facts-0-checked_on": "",
        "facts-0-check_by": "",
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
        address, form_of(route, **{"facts-0-value": "0800 222"})
    )

    assert response.status_code == 302
    assert [fact.value for fact in route.facts.all()] == ["0800 222"]
    assert 'href="tel:0800222"' in client.get("/report/all/").content.decode()


def test_the_same_fact_twice_is_refused(client_of, editor):
    route = RouteFactory.create(number="0800 111")
    again = {
        "facts-TOTAL_FORMS": "2",
        "facts-1-kind": "number",
        "facts-1-value": "0800 111",
        "facts-1-status": "verified",
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

    with django_assert_num_queries(15):
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
