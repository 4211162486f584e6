"""About a place, on both sides: managers in the portal, officers in the admin."""

import pytest
from django.urls import reverse

from accounts.models import User
from core.models import AuditEvent
from outbox.models import Message
from partners.register.enums import PremisesKind
from partners.register.models import Contact, ManagerLink, Premises
from tests.factories.accounts import UserFactory
from tests.factories.register import (
    ContactFactory,
    ManagerLinkFactory,
    PremisesFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(area):
    return PremisesFactory.create(area=area, name="Harbour View")


@pytest.fixture
def manager(house):
    return ManagerLinkFactory.create(premises=house).user


@pytest.fixture
def manager_client(manager, client_of):
    return client_of(manager)


@pytest.fixture
def officer_client(officer, client_of):
    return client_of(officer)


def portal(name, house, *arguments):
    return reverse(f"register:{name}", args=[house.key, *arguments])


def office(name, house, *arguments):
    return reverse(f"officer-premises:{name}", args=[house.key, *arguments])


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


@pytest.mark.parametrize("item_count", (1, 3))
def test_about_query_count(
    item_count, house, manager_client, django_assert_num_queries
):
    ContactFactory.create_batch(item_count, premises=house)
    ManagerLinkFactory.create_batch(item_count, premises=house)
    manager_client.get(portal("place", house))

    with django_assert_num_queries(9):
        response = manager_client.get(portal("place", house))

    assert len(response.context["contacts"]) == item_count
    assert len(response.context["managers"]) == item_count + 1


@pytest.mark.parametrize("item_count", (1, 3))
def test_officers_premises_query_count(
    item_count, house, manager, officer_client, django_assert_num_queries
):
    ContactFactory.create_batch(item_count, premises=house)
    ManagerLinkFactory.create_batch(item_count, premises=house)
    officer_client.get(office("detail", house))

    with django_assert_num_queries(28):
        response = officer_client.get(office("detail", house))

    assert len(response.context["managers"]) == item_count + 1


def test_about_asks_for_two_contacts_until_they_are_given(house, manager_client):
    pages = [manager_client.get(portal("place", house)).text]
    for _number in range(2):
        ContactFactory.create(premises=house)
        pages.append(manager_client.get(portal("place", house)).text)

    assert "Please name two people" in pages[0]
    assert "Please name a second person" in pages[1]
    assert "Please name" not in pages[2]


def test_home_asks_for_contacts_until_there_are_two(house, manager_client):
    home = reverse("portal:premises", args=[house.key])
    pages = [manager_client.get(home).text]
    for name in ("Ana", "Ben"):
        ContactFactory.create(premises=house, name=name)
        pages.append(manager_client.get(home).text)

    assert "Two names are enough" in pages[0]
    assert "We have Ana. Please name a second person" in pages[1]
    assert "Whom to ask" not in pages[2]


@pytest.mark.parametrize("side", (portal, office))
def test_contact_is_added_changed_and_deleted(
    house, manager_client, officer_client, side
):
    client = manager_client if side is portal else officer_client
    answers = {"name": " Ana  Novak", "role": "Owner", "email": "Ana@Hotel.example"}

    client.post(side("contact-add", house), answers)
    contact = Contact.objects.get()
    first = (contact.name, contact.role, contact.email, contact.phone)
    client.post(
        side("contact-change", house, contact.pk),
        {"name": "Ana", "phone": "01632 960 001"},
    )
    contact.refresh_from_db()
    client.post(side("contact-remove", house, contact.pk))

    assert first == ("Ana Novak", "Owner", "ana@hotel.example", "")
    assert (contact.email, contact.phone) == ("", "01632 960 001")
    assert not Contact.objects.exists()
    assert verbs() == ["contact.added", "contact.changed", "contact.removed"]


@pytest.mark.parametrize(
    ("answers", "errors"),
    (
        ({"name": "Ana"}, {"__all__"}),
        ({"name": "", "email": "a@b.example"}, {"name"}),
        ({"name": "Ana", "phone": "ring me"}, {"phone"}),
        ({"name": "Ana", "email": "nonsense"}, {"email"}),
    ),
)
def test_contact_that_cannot_be_reached_is_refused(
    house, manager_client, answers, errors
):
    response = manager_client.post(portal("contact-add", house), answers)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == errors
    assert not Contact.objects.exists()


def test_contacts_are_few(house, manager_client):
    ContactFactory.create_batch(6, premises=house)

    response = manager_client.post(
        portal("contact-add", house), {"name": "Ana", "phone": "01632 960 001"}
    )

    assert response.status_code == 422
    assert "There are 6 contacts already." in response.text


def test_contact_is_invited_with_one_press_more(house, manager_client):
    contact = ContactFactory.create(premises=house)
    elsewhere = ContactFactory.create()
    address = portal("manager-invite", house)

    known = manager_client.get(f"{address}?contact={contact.pk}")
    others = [
        manager_client.get(f"{address}?contact={pk}")
        for pk in (elsewhere.pk, "x", "9" * 30)
    ]

    assert known.context["form"]["email"].value() == contact.email
    assert [page.context["form"]["email"].value() for page in others] == [None] * 3


@pytest.mark.parametrize("side", (portal, office))
def test_profile_is_said_once_and_seen_by_both(
    house, manager_client, officer_client, side
):
    client = manager_client if side is portal else officer_client

    client.post(
        side("profile", house),
        {
            "accepts_walk_ins": "yes",
            "has_night_desk": "on",
            "room_count": "42",
            "shifts": ["day", "night"],
            "staff_languages": ["en", "pl"],
            "other_languages": "Tagalog",
        },
    )

    house.refresh_from_db()
    assert (house.accepts_walk_ins, house.has_night_desk) == (True, True)
    assert (house.room_count, house.shifts) == (42, ["day", "night"])
    assert house.profile_checked_at is not None
    for page in (
        manager_client.get(portal("place", house)),
        officer_client.get(office("detail", house)),
    ):
        values = {row["key"]: row["value"] for row in page.context["profile"]}
        assert values["Rooms"] == "42"
        assert values["Shifts worked"] == "Day, Night"
        assert "Tagalog" in values["Languages of staff"]
    assert verbs() == ["premises.profile_changed"]


def test_profile_asks_a_shop_for_no_rooms(house, manager_client):
    Premises.objects.update(kind=PremisesKind.SHOP)

    page = manager_client.get(portal("profile", house))
    manager_client.post(portal("profile", house), {"room_count": "7"})

    house.refresh_from_db()
    assert "room_count" not in page.context["form"].fields
    assert house.room_count is None


@pytest.mark.parametrize(
    "answers", ({"room_count": "-1"}, {"room_count": "x"}, {"shifts": ["mixed"]})
)
def test_profile_refuses_what_cannot_be(house, manager_client, answers):
    response = manager_client.post(portal("profile", house), answers)

    house.refresh_from_db()
    assert response.status_code == 422
    assert house.profile_checked_at is None


@pytest.mark.parametrize("side", (portal, office))
def test_manager_is_invited_ended_and_handed_over(
    house, manager, manager_client, officer_client, side
):
    client = manager_client if side is portal else officer_client

    client.post(
        side("manager-invite", house),
        {"name": "Ben", "email": "ben@hotel.example", "reach": "premises"},
    )
    ben = ManagerLink.objects.get(user__email="ben@hotel.example")
    client.post(side("manager-again", house, ben.pk))
    client.post(
        side("manager-hand-over", house, ben.pk),
        {"name": "Cleo", "email": "cleo@hotel.example"},
    )
    client.post(side("manager-end", house, ben.pk))

    ben.refresh_from_db()
    managed = Premises.objects.managed_by(User.objects.get(name="Cleo"))
    assert ben.ended_at is not None
    assert list(managed) == [house]
    assert Message.objects.filter(template="manager_invited").count() == 3


def test_invite_offers_the_reach_a_manager_has(chain, client_of):
    house = chain.houses[0]
    people = {
        "house": ManagerLinkFactory.create(premises=house).user,
        "north": ManagerLinkFactory.create(over=chain.north).user,
        "chain": ManagerLinkFactory.create(over=chain.organisation).user,
    }
    address = portal("manager-invite", house)

    offered = {
        name: [
            value
            for value, _label in getattr(
                client_of(person).get(address).context["form"].fields.get("reach"),
                "choices",
                [],
            )
        ]
        for name, person in people.items()
    }
    client_of(people["house"]).post(
        address, {"name": "X", "email": "x@y.example", "reach": "organisation"}
    )

    assert offered == {
        "house": [],
        "north": ["premises", "region"],
        "chain": ["premises", "region", "organisation"],
    }
    invited = ManagerLink.objects.get(user__email="x@y.example")
    assert invited.premises == house


def test_inviting_says_the_same_of_somebody_known(house, manager_client):
    known = UserFactory.create()
    address = portal("manager-invite", house)

    said = [
        [
            str(message)
            for message in manager_client.post(
                address, {"name": "X", "email": email}, follow=True
            ).context["messages"]
        ]
        for email in (known.email, "new@hotel.example")
    ]

    assert said[0] == said[1] == ["Invited. They get an e-mail."]


def test_ending_the_last_access_warns_and_then_leads_away(
    house, manager, manager_client
):
    link = ManagerLink.objects.get()

    page = manager_client.get(portal("manager-end", house, link.pk))
    manager_client.post(portal("manager-end", house, link.pk))
    after = manager_client.get("/partners/")

    assert "Nobody else looks after these premises" in page.text
    assert "You look after no premises at the moment" in after.text


def test_a_manager_of_one_house_cannot_end_the_one_of_the_chain(chain, client_of):
    house = chain.houses[0]
    head = ManagerLinkFactory.create(over=chain.organisation)
    client = client_of(ManagerLinkFactory.create(premises=house).user)

    page = client.get(portal("place", house))
    response = client.post(portal("manager-end", house, head.pk))

    head.refresh_from_db()
    assert portal("manager-end", house, head.pk) not in page.text
    assert response.status_code == 422
    assert head.ended_at is None
