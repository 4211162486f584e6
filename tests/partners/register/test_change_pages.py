"""Officers' own pages: premises added by hand, corrected, closed and sold."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.models import AuditEvent
from outbox.models import Message
from partners.register.models import ManagerLink, Organisation, Premises, Region
from tests.factories.accounts import UserFactory
from tests.factories.register import (
    ManagerLinkFactory,
    PremisesFactory,
    RegionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(area):
    return PremisesFactory.create(area=area, name="Harbour View")


@pytest.fixture
def officer_client(officer, client_of):
    return client_of(officer)


def add(client, **more):
    answers = {
        "name": "Grand Hotel",
        "kind": "hotel",
        "street": "14 Quay Street",
        "town": "Ashbeck",
        "postcode": "zz12zz",
    }
    return client.post("/cms/premises/add/", answers | more)


def test_officer_adds_premises_and_invites_the_manager(area, officer_client):
    response = add(
        officer_client,
        area=area.pk,
        manager_name="Ana",
        manager_email="ana@hotel.example",
    )

    premises = Premises.objects.get()
    assert response.url == f"/cms/premises/{premises.key}/"
    assert premises.organisation.name == "Grand Hotel"
    assert premises.postcode == "ZZ1 2ZZ"
    assert ManagerLink.objects.get().premises == premises
    assert Message.objects.get().template == "manager_invited"


def test_adding_shows_likely_duplicates_before_saving(area, officer_client):
    PremisesFactory.create(area=area, name="The Grand Hotel Ltd", postcode="ZZ1 2ZZ")

    first = add(officer_client, area=area.pk)
    second = add(officer_client, area=area.pk, is_none_of_these="on")

    assert first.status_code == 422
    assert "The Grand Hotel Ltd" in first.text
    assert "nearly the same name" in first.text
    assert "It is none of these" in first.text
    assert second.status_code == 302
    assert Premises.objects.count() == 2


def test_adding_in_another_area_or_organisation_is_refused(area, officer_client):
    elsewhere = PremisesFactory.create()

    response = add(
        officer_client,
        area=elsewhere.area_id,
        organisation=elsewhere.organisation_id,
        manager_email="a@b.example",
    )

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {
        "area",
        "organisation",
        "manager_name",
    }
    assert Premises.objects.count() == 1


def test_officer_changes_details_and_makes_a_region(house, area, officer_client):
    address = reverse("officer-premises:edit", args=[house.key])
    facts = {
        "name": "Harbour Lights",
        "kind": "bnb",
        "street": house.street,
        "town": house.town,
        "postcode": house.postcode,
        "area": area.pk,
    }
    others = RegionFactory.create()

    refused = officer_client.post(address, {**facts, "region": others.pk})
    officer_client.post(address, {**facts, "new_region": " North "})

    house.refresh_from_db()
    event = AuditEvent.objects.get(verb="premises.changed")
    assert refused.status_code == 422
    assert (house.name, house.kind) == ("Harbour Lights", "bnb")
    assert house.region == Region.objects.get(name="North")
    assert event.facts["fields"] == ["name", "kind", "region"]


@pytest.mark.parametrize("page", ("edit", "close", "reopen", "owner"))
def test_changes_are_for_officers_of_the_area(house, client_of, page, area):
    address = reverse(f"officer-premises:{page}", args=[house.key])
    visitors = {
        404: UserFactory.create(roles=[Role.OFFICER]),
        403: ManagerLinkFactory.create(premises=house).user,
    }
    ended = ManagerLinkFactory.create(premises=house, ended_at=timezone.now()).user

    answers = {
        status: {
            client_of(person).get(address).status_code,
            client_of(person).post(address, {}).status_code,
        }
        for status, person in visitors.items()
    }

    assert answers == {404: {404}, 403: {403}}
    assert client_of(ended).get(address).status_code == 403


def test_officer_closes_sells_and_reopens_on_the_pages(house, officer_client):
    today = timezone.localdate()
    parts = {"0": today.day, "1": today.month, "2": today.year}

    def act(page, field, **more):
        day = {f"{field}_{part}": value for part, value in parts.items()}
        return officer_client.post(
            reverse(f"officer-premises:{page}", args=[house.key]),
            {field: today.isoformat(), **day, **more},
        )

    statuses = [
        act("owner", "first_day", people="end", organisation_name="Next").status_code,
        act("close", "last_day", people="keep").status_code,
        act("reopen", "first_day", restores_managers="on").status_code,
    ]
    page = officer_client.get(reverse("officer-premises:detail", args=[house.key]))

    assert statuses == [302] * 3
    assert "run by Next" in page.text
    assert Organisation.objects.filter(name="Next").exists()
