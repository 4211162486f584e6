"""Every page about a place, tried by everybody who has no business there."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from core.models import AuditEvent
from partners.register.models import Contact, ManagerLink, Premises
from tests.factories.accounts import UserFactory
from tests.factories.register import ContactFactory, ManagerLinkFactory

pytestmark = pytest.mark.django_db

SHARED = (
    "profile",
    "contact-add",
    "contact-change",
    "contact-remove",
    "manager-invite",
    "manager-again",
    "manager-end",
    "manager-hand-over",
)
PORTAL = ("place", *SHARED)
OFFICE = ("detail", *SHARED)


@pytest.fixture
def house(chain) -> Premises:
    """Return the first house of the north, with its own manager and contact."""
    house: Premises = chain.houses[0]
    ManagerLinkFactory.create(premises=house)
    ContactFactory.create(premises=house)
    return house


@pytest.fixture
def persons(chain, house, now) -> dict[str, User]:
    return {
        "manager of another organisation": ManagerLinkFactory.create().user,
        "ex-manager": ManagerLinkFactory.create(premises=house, ended_at=now).user,
        "manager of another house": ManagerLinkFactory.create(
            premises=chain.houses[1]
        ).user,
        "manager of another region": ManagerLinkFactory.create(over=chain.south).user,
        "closed account": ManagerLinkFactory.create(
            premises=house, user__is_active=False
        ).user,
        "officer of another area": UserFactory.create(roles=[Role.OFFICER]),
        "tester": UserFactory.create(roles=[Role.TESTER], areas=[house.area]),
        "board member": UserFactory.create(roles=[Role.BOARD], areas=[house.area]),
    }


def addresses(room: str, names: tuple[str, ...], house: Premises) -> list[str]:
    contact = Contact.objects.get(premises=house)
    link = ManagerLink.objects.open().filter(premises=house).earliest("pk")
    pks = {"contact-change": contact.pk, "contact-remove": contact.pk}
    pks |= {f"manager-{act}": link.pk for act in ("again", "end", "hand-over")}
    return [
        reverse(f"{room}:{name}", args=[house.key, *filter(None, [pks.get(name)])])
        for name in names
    ]


def refused(client: Client, address: str) -> bool:
    """Say whether neither reading nor sending gives or changes anything."""
    answers = [
        client.get(address),
        client.post(address, {"name": "X", "email": "x@y.example", "phone": "123456"}),
    ]
    return all(
        answer.status_code in {403, 404, 405}
        or "/accounts/" in answer.headers.get("Location", "")
        for answer in answers
    )


def test_portal_pages_are_there_for_the_managers_of_the_house_only(
    house, persons, client_of: Callable[[User], Client]
):
    visitors = {name: client_of(person) for name, person in persons.items()}
    visitors |= {"stranger": Client(), "learner": _learner()}
    before = AuditEvent.objects.count()

    let_in = [
        (name, address)
        for address in addresses("register", PORTAL, house)
        for name, client in visitors.items()
        if not refused(client, address)
    ]

    assert let_in == []
    assert AuditEvent.objects.count() == before
    assert Contact.objects.count() == 1


def test_portal_pages_open_for_every_reach(chain, house, client_of):
    wholes = ({"premises": house}, {"over": chain.north}, {"over": chain.organisation})
    clients = [client_of(ManagerLinkFactory.create(**one).user) for one in wholes]

    statuses = {
        client.get(address).status_code
        for client in clients
        for address in addresses("register", PORTAL, house)
        if not address.endswith("/again/")
    }

    assert statuses == {200}


def test_office_pages_are_there_for_officers_of_the_area_only(
    house, persons, client_of, officer
):
    visitors = {name: client_of(person) for name, person in persons.items()}
    visitors |= {"stranger": Client(), "learner": _learner()}
    visitors |= {
        "manager": client_of(
            ManagerLink.objects.open().filter(premises=house).earliest("pk").user
        )
    }
    before = AuditEvent.objects.count()
    pages = addresses("officer-premises", OFFICE, house)

    let_in = [
        (name, address)
        for address in pages
        for name, client in visitors.items()
        if not refused(client, address)
    ]
    statuses = {
        client_of(officer).get(address).status_code
        for address in pages
        if not address.endswith("/again/")
    }

    assert let_in == []
    assert AuditEvent.objects.count() == before
    assert statuses == {200}


def test_a_link_or_contact_of_another_house_is_not_there(chain, house, client_of):
    other = chain.houses[1]
    contact = ContactFactory.create(premises=other)
    link = ManagerLinkFactory.create(premises=other)
    client = client_of(ManagerLinkFactory.create(premises=house).user)

    statuses = [
        client.post(reverse(f"register:{name}", args=[house.key, pk])).status_code
        for name, pk in (
            ("contact-change", contact.pk),
            ("contact-remove", contact.pk),
            ("manager-again", link.pk),
            ("manager-end", link.pk),
            ("manager-hand-over", link.pk),
        )
    ]

    assert statuses == [404] * 5


def test_a_house_that_is_not_yours_looks_like_one_that_is_not(house, client_of):
    client = client_of(ManagerLinkFactory.create().user)

    there = client.get(reverse("register:place", args=[house.key]))
    nowhere = client.get(reverse("register:place", args=["nonsuch"]))

    assert there.status_code == nowhere.status_code == 404
    assert there.text == nowhere.text


def _learner() -> Client:
    """Return somebody with a session of the learner's kind and no account."""
    client = Client()
    session = client.session
    session["learner"] = {"slip": 1}
    session.save()
    return client
