import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from accounts.enums import Role
from core.models import AuditEvent
from partners.register.enums import PremisesKind, Shift, StaffRole
from partners.training.coverage import Coverage
from tests.factories.accounts import UserFactory
from tests.factories.learning import ModuleFactory
from tests.factories.register import PremisesFactory, SpellFactory
from tests.factories.training import CompletionFactory, RequirementFactory

LIST = "/cms/coverage/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def module():
    module = ModuleFactory.create()
    RequirementFactory.create(module=module, within_days=0)
    return module


@pytest.fixture
def officer_client(officer, client_of):
    return client_of(officer)


@pytest.fixture
def fill(area, module):
    """Return a function that makes a premises of our area with people in post."""

    def fill(name, *, trained=0, untrained=0, shift=Shift.NIGHT, **facts):
        place = PremisesFactory.create(area=area, name=name, **facts)
        for number in range(trained + untrained):
            spell = SpellFactory.create(premises=place, shift=shift)
            if number < trained:
                today = timezone.localdate()
                CompletionFactory.create(
                    staff_member=spell.staff_member,
                    module=module,
                    valid_from=today - timedelta(days=10),
                    valid_until=today + timedelta(days=10),
                )
        return place

    return fill


def names(response):
    return [row.premises.name for row in response.context["page_obj"]]


@pytest.mark.parametrize("item_count", (1, 3))
def test_coverage_list_query_count(
    item_count, fill, officer_client, django_assert_num_queries
):
    for number in range(item_count):
        fill(f"Place {number}", trained=1, untrained=item_count)
    officer_client.get(LIST)

    with django_assert_num_queries(23):
        response = officer_client.get(LIST)

    assert len(names(response)) == item_count
    assert response.context["total"] == Coverage(
        in_post=item_count * (1 + item_count),
        required=item_count * (1 + item_count),
        covered=item_count,
        never_trained=item_count**2,
    )


def test_coverage_list_shows_the_officers_areas_only_worst_first(fill, officer_client):
    fill("Good", trained=2)
    fill("Half", trained=1, untrained=1)
    fill("Bad", untrained=1)
    fill("Empty")
    SpellFactory.create(premises__name="Theirs")

    response = officer_client.get(LIST)

    assert names(response) == ["Bad", "Half", "Good", "Empty"]
    assert response.context["nights"] == 1


@pytest.mark.parametrize(
    ("query", "found"),
    (
        ("kind=taxi", ["Cabs"]),
        ("q=inn", ["Inn"]),
        ("gap=never", ["Cabs", "Inn"]),
        ("gap=night", ["Cabs"]),
        ("gap=expired", []),
        ("gap=nonsense&day=nonsense&sort=-name", ["Inn", "Cabs"]),
        ("sort=name", ["Cabs", "Inn"]),
        ("sort=-never", ["Inn", "Cabs"]),
        ("sort=-night", ["Cabs", "Inn"]),
    ),
)
def test_coverage_list_filters_and_sorts(fill, officer_client, query, found):
    fill("Inn", trained=1, untrained=2)
    fill("Cabs", untrained=1, kind=PremisesKind.TAXI)

    assert names(officer_client.get(f"{LIST}?{query}")) == found


def test_coverage_list_of_a_past_day(fill, officer_client):
    place = fill("Inn", trained=1)
    eleven_ago = timezone.localdate() - timedelta(days=11)

    response = officer_client.get(f"{LIST}?day={eleven_ago}")

    [row] = response.context["page_obj"]
    assert (row.premises, row.coverage) == (place, Coverage(1, 1, never_trained=1))
    before_joining = officer_client.get(f"{LIST}?day=2024-01-01")
    assert names(before_joining) == []


def test_coverage_is_downloaded_as_it_is_filtered(fill, officer, officer_client):
    fill("=Inn()", trained=1, untrained=1)
    fill("Cabs", untrained=1, kind=PremisesKind.TAXI)

    response = officer_client.get(f"{LIST}export/?kind=hotel")

    text = response.content.decode("utf-8-sig")
    headings, row = csv.reader(StringIO(text))
    found = dict(zip(headings, row, strict=True))
    assert found["Premises"] == "'=Inn()"
    assert [found["In date"], found["In date, per cent"]] == ["1", "50"]
    assert found["Day"] == timezone.localdate().isoformat()
    event = AuditEvent.objects.get(verb="coverage.exported")
    assert (event.actor, event.facts["rows"]) == (officer, 1)


@pytest.mark.parametrize(
    ("role", "status"),
    ((Role.EDITOR, 302), (Role.TESTER, 403), (Role.MANAGER, 403), (Role.BOARD, 403)),
)
@pytest.mark.parametrize("path", ("", "export/"))
def test_coverage_list_is_closed_to_others(area, client_of, role, status, path):
    person = UserFactory.create(roles=[role], areas=[area])

    assert client_of(person).get(f"{LIST}{path}").status_code == status


def test_page_of_a_premises_shows_coverage_by_role_and_shift(fill, officer_client):
    place = fill("Inn", trained=1)
    SpellFactory.create(premises=place, role=StaffRole.DRIVER, shift=Shift.DAY)

    page = officer_client.get(f"/cms/premises/{place.key}/")

    [panel] = [one for one in page.context["panels"] if one.title == "Coverage today"]
    lines = {
        heading: [(line.label, line.coverage) for line in lines]
        for heading, lines in panel.context["parts"]
    }
    trained = Coverage(1, 1, covered=1)
    assert lines == {
        "Role": [("Reception", trained), ("Driver", Coverage(1))],
        "Shift": [("Day", Coverage(1)), ("Night", trained)],
    }
