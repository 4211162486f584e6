"""The officers' list of premises: narrowed, sorted, downloaded."""

import csv
import io

import pytest
from django.utils import timezone

from core.models import AuditEvent
from partners.register.enums import AlarmCause, PremisesKind, PremisesState
from partners.register.models import Contact, ManagerAlarm
from tests.factories.register import (
    ManagerLinkFactory,
    PremisesFactory,
    RegionFactory,
    SpellFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/cms/premises/"


@pytest.fixture
def officer_client(officer, client_of):
    return client_of(officer)


def names(response):
    return [row.name for row in response.context["page_obj"]]


@pytest.fixture
def three(area):
    """Three premises, of which one has a region, one is closed, one has a manager."""
    region = RegionFactory.create(organisation__name="Zeta Hotels")
    first = PremisesFactory.create(
        area=area, name="Alder", region=region, organisation=region.organisation
    )
    PremisesFactory.create(
        area=area,
        name="Birch",
        kind=PremisesKind.TAXI,
        state=PremisesState.CLOSED,
        organisation__name="Alpha Cars",
    )
    third = PremisesFactory.create(
        area=area, name="Cedar", organisation__name="Middle House"
    )
    ManagerLinkFactory.create(premises=third)
    SpellFactory.create_batch(2, premises=third)
    return first, third


def test_premises_list_is_narrowed(area, officer_client, three):
    ManagerAlarm.objects.create(
        premises=three[1], cause=AlarmCause.NO_MAIL, raised_at=timezone.now()
    )
    found = {
        query: names(officer_client.get(f"{LIST}?{query}"))
        for query in (
            "kind=taxi",
            "state=closed",
            f"area={area.pk}",
            f"region={three[0].region_id}",
            "managers=none",
            "managers=alarm",
            "kind=nonsense&area=x&region=999&managers=x",
        )
    }

    assert list(found.values()) == [
        ["Birch"],
        ["Birch"],
        ["Alder", "Birch", "Cedar"],
        ["Alder"],
        ["Alder"],
        ["Cedar"],
        ["Alder", "Birch", "Cedar"],
    ]


@pytest.mark.parametrize(
    ("sort", "order"),
    (
        ("name", "ABC"),
        ("-name", "CBA"),
        ("organisation", "BCA"),
        ("-in_post", "CBA"),
        ("managers", "ABC"),
        ("nonsense", "ABC"),
        ("-", "ABC"),
    ),
)
def test_premises_list_is_sorted_by_a_heading(officer_client, three, sort, order):
    response = officer_client.get(f"{LIST}?sort={sort}")

    found = "".join(name[0] for name in names(response))
    assert sorted(found) == ["A", "B", "C"]
    # Ties keep the order of the names, turned with the sort.
    assert found == order


def test_premises_list_headings_turn_the_sort_and_keep_the_filter(
    officer_client, three
):
    response = officer_client.get(f"{LIST}?kind=hotel&sort=name&page=1")

    first, second = response.context["headings"][:2]
    assert (first.url, first.direction) == ("?kind=hotel&sort=-name", "ascending")
    assert (second.url, second.direction) == ("?kind=hotel&sort=organisation", "")
    assert 'name="sort" value="name"' in response.text


def test_premises_list_keeps_the_filter_on_the_next_page(area, officer_client):
    PremisesFactory.create_batch(51, area=area)

    response = officer_client.get(f"{LIST}?kind=hotel&sort=-name")

    assert "?kind=hotel&amp;sort=-name&amp;page=2" in response.text


def test_premises_list_says_when_nothing_fits(officer_client, three):
    response = officer_client.get(f"{LIST}?q=nonsuch")

    assert "Nothing fits all of that." in response.text


def test_region_choices_are_of_organisations_in_the_area(officer_client, three):
    RegionFactory.create(name="Elsewhere")

    response = officer_client.get(LIST)

    choices = list(response.context["form"].fields["region"].queryset)
    assert choices == [three[0].region]


def rows_of(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_premises_export_is_the_list_as_it_is_shown(officer_client, officer, three):
    Contact.objects.create(premises=three[1], name="Ana", phone="01632 960 001")

    response = officer_client.get(f"{LIST}export/?state=active&sort=-name")

    rows = rows_of(response)
    event = AuditEvent.objects.get(verb="premises.exported")
    assert response["Content-Disposition"] == 'attachment; filename="premises.csv"'
    assert [row["Premises"] for row in rows] == ["Cedar", "Alder"]
    assert (rows[0]["People in post"], rows[0]["Has a manager"]) == ("2", "Yes")
    assert (rows[0]["Contacts"], rows[1]["Region"]) == ("1", str(three[0].region))
    assert (event.actor_id, event.facts) == (officer.pk, {"rows": 2})


@pytest.mark.parametrize("start", "=+-@\t")
def test_premises_export_runs_no_cell(area, officer_client, start):
    PremisesFactory.create(area=area, name=f"{start}HYPERLINK(1)", street="=1+1")

    row = rows_of(officer_client.get(f"{LIST}export/"))[0]

    assert row["Premises"] == f"'{start}HYPERLINK(1)"
    assert row["Building and street"] == "'=1+1"


@pytest.mark.parametrize("item_count", (1, 3))
def test_premises_export_query_count(
    item_count, area, officer_client, django_assert_num_queries
):
    for premises in PremisesFactory.create_batch(item_count, area=area):
        SpellFactory.create(premises=premises)

    with django_assert_num_queries(12):
        response = officer_client.get(f"{LIST}export/")

    assert len(rows_of(response)) == item_count


def test_premises_export_leaves_other_areas_out(officer_client):
    PremisesFactory.create(name="Elsewhere")

    assert rows_of(officer_client.get(f"{LIST}export/")) == []
