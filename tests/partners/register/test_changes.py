"""Premises are added, closed, opened again and sold; what was stays written."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from media.codes.models import Code
from outbox.models import Message
from partners.register.enums import LinkEnd, PremisesState
from partners.register.models import (
    Contact,
    ManagerLink,
    Ownership,
    PlaceChange,
    Premises,
    Spell,
    StaffMember,
)
from partners.register.services import (
    RegisterError,
    change_owner,
    close_premises,
    end_link,
    reopen_premises,
)
from partners.training.services import PlaceClosedError, print_slips, sign_in
from tests.factories.accounts import UserFactory
from tests.factories.codes import CodeFactory
from tests.factories.register import (
    ContactFactory,
    ManagerLinkFactory,
    OrganisationFactory,
    PremisesFactory,
    SpellFactory,
    StaffMemberFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def house(area):
    return PremisesFactory.create(area=area, name="Harbour View")


@pytest.fixture
def officer_client(officer, client_of):
    return client_of(officer)


def days(premises):
    spells = Spell.objects.filter(premises=premises).order_by("pk")
    return [
        (spell.started_on, spell.ended_on, spell.voided_at is not None)
        for spell in spells
    ]


def close(house, officer, now, *, keeps_people=False, last_day=None):
    return close_premises(
        premises=house,
        last_day=last_day or timezone.localdate(now),
        keeps_people=keeps_people,
        note="Sold for flats",
        actor=officer,
        now=now,
    )


def sell(house, officer, now, *, hands_people_on=False, first_day=None, to=None):
    return change_owner(
        premises=house,
        organisation=to,
        organisation_name="Next Hotels",
        first_day=first_day or timezone.localdate(now),
        hands_people_on=hands_people_on,
        actor=officer,
        now=now,
    )


def test_closing_ends_posts_on_the_day_and_keeps_what_was(house, officer, now, today):
    first = SpellFactory.create(premises=house).started_on
    SpellFactory.create(premises=house, started_on=first, ended_on=today - DAY)
    SpellFactory.create(premises=house, started_on=first, ended_on=today + 9 * DAY)
    SpellFactory.create(premises=house, started_on=today + DAY)

    close(house, officer, now)

    house.refresh_from_db()
    change = PlaceChange.objects.get()
    assert (house.state, house.closed_on) == (PremisesState.CLOSED, today)
    assert days(house) == [
        (first, today, False),
        (first, today - DAY, False),
        (first, today + 9 * DAY, True),
        (today + DAY, None, True),
        (first, today, False),
    ]
    assert (change.kind, change.on_day, change.note) == (
        "closed",
        today,
        "Sold for flats",
    )
    assert not change.has_people


def test_closing_may_keep_the_people(house, officer, now):
    spell = SpellFactory.create(premises=house)

    close(house, officer, now, keeps_people=True)

    assert days(house) == [(spell.started_on, None, False)]
    assert PlaceChange.objects.get().has_people


def test_closing_ends_managers_of_the_house_and_no_alarm_rings(chain, officer, now):
    house = chain.houses[0]
    own = ManagerLinkFactory.create(premises=house)
    head = ManagerLinkFactory.create(over=chain.organisation)

    close(house, officer, now)

    own.refresh_from_db()
    head.refresh_from_db()
    assert (own.end_reason, own.ended_by) == (LinkEnd.CLOSED, officer)
    assert head.ended_at is None
    assert not Message.objects.filter(template="manager_alarm").exists()


def test_slips_of_closed_premises_stop_and_work_again(house, officer, now):
    spell = SpellFactory.create(premises=house)
    slip = print_slips(
        premises=house, staff_members=[spell.staff_member], actor=officer, now=now
    )[0]
    given = {"staff_code": slip.staff_code, "personal_code": slip.code, "pin": slip.pin}
    close(house, officer, now, keeps_people=True)

    with pytest.raises(PlaceClosedError):
        sign_in(**given, now=now)
    reopen_premises(
        premises=house,
        first_day=timezone.localdate(now),
        restores_managers=False,
        actor=officer,
        now=now,
    )

    assert sign_in(**given, now=now).staff_member == spell.staff_member


def test_codes_of_closed_premises_go_on_helping(client, house, officer, now):
    code: Code = CodeFactory.create(premises=house)
    address = f"/R/{code.text}"
    before = client.get(address, follow=True)

    close(house, officer, now)
    after = client.get(address, follow=True)

    assert before.status_code == after.status_code == 200
    # A house that stands empty has no address to say, and the numbers all the same.
    assert "Say where you are" in before.text
    assert "these are still the right numbers" in after.text


@pytest.mark.parametrize(
    ("away", "words"),
    ((DAY, "on the day it happens"), (-32 * DAY, "cannot be before")),
)
def test_closing_refuses_a_day_that_cannot_be(house, officer, now, today, away, words):
    with pytest.raises(RegisterError, match=words):
        close(house, officer, now, last_day=today + away)

    assert not PlaceChange.objects.exists()


def test_closing_twice_and_by_another_area_is_refused(house, officer, now):
    with pytest.raises(RegisterError, match="Only an officer"):
        close(house, UserFactory.create(roles=[Role.OFFICER]), now)
    close(house, officer, now)
    with pytest.raises(RegisterError, match="closed already"):
        close(house, officer, now)


@pytest.mark.parametrize("restores", (True, False))
def test_reopening_brings_back_managers_only_when_asked(house, officer, now, restores):
    gone = ManagerLinkFactory.create(premises=house)
    end_link(link=gone, actor=officer, now=now)
    stayed = ManagerLinkFactory.create(premises=house)
    close(house, officer, now)

    reopen_premises(
        premises=house,
        first_day=timezone.localdate(now),
        restores_managers=restores,
        actor=officer,
        now=now + DAY,
    )

    house.refresh_from_db()
    managed = [list(Premises.objects.managed_by(one.user)) for one in (gone, stayed)]
    assert (house.state, house.closed_on) == (PremisesState.ACTIVE, None)
    assert managed == [[], [house] if restores else []]
    assert ManagerLink.objects.count() == 2 + restores
    kinds = PlaceChange.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["closed", "reopened"]


def test_reopening_what_is_open_is_refused(house, officer, now, today):
    with pytest.raises(RegisterError, match="are open"):
        reopen_premises(
            premises=house,
            first_day=today,
            restores_managers=False,
            actor=officer,
            now=now,
        )


def test_selling_without_consent_hands_nobody_on(house, officer, now, today):
    old = house.organisation
    spell = SpellFactory.create(premises=house)
    manager = ManagerLinkFactory.create(premises=house).user
    ContactFactory.create(premises=house)

    sell(house, officer, now)

    house.refresh_from_db()
    spell.refresh_from_db()
    assert house.organisation.name == "Next Hotels"
    assert spell.ended_on == today - DAY
    assert StaffMember.objects.count() == 1
    assert not Premises.objects.managed_by(manager).exists()
    assert not Contact.objects.exists()
    history = Ownership.objects.order_by("pk")
    assert [(row.organisation, row.from_on) for row in history] == [
        (old, house.joined_on),
        (house.organisation, today),
    ]


def test_selling_with_consent_begins_new_posts(house, officer, now, today):
    next_owner = OrganisationFactory.create()
    StaffMemberFactory.create(organisation=next_owner, staff_number="7", name="Other")
    person = StaffMemberFactory.create(
        organisation=house.organisation,
        name="Ana",
        staff_number="7",
        email="ana@hotel.example",
        language="pl",
    )
    spell = SpellFactory.create(premises=house, staff_member=person)
    later = SpellFactory.create(
        premises=house, staff_member=person, role="bar", started_on=today + 5 * DAY
    )

    sell(house, officer, now, hands_people_on=True, to=next_owner)

    new = StaffMember.objects.get(organisation=next_owner, name="Ana")
    spell.refresh_from_db()
    later.refresh_from_db()
    posts = new.spells.order_by("started_on").values_list("role", "started_on")
    assert (spell.ended_on, later.voided_at) == (today - DAY, now)
    assert list(posts) == [(spell.role, today), ("bar", today + 5 * DAY)]
    assert (new.staff_number, new.email, new.language) == (
        "",
        "ana@hotel.example",
        "pl",
    )
    assert person.organisation_id != next_owner.pk


def test_the_next_owner_does_not_see_whom_the_one_before_employed(
    house, officer, now, client_of
):
    spell = SpellFactory.create(premises=house, staff_member__name="Zelda Quill")
    sell(house, officer, now)
    house.refresh_from_db()
    client = client_of(ManagerLinkFactory.create(premises=house).user)
    people = reverse("portal:people", args=[house.key])

    pages = [client.get(people), client.get(f"{people}?show=left")]
    void = client.get(reverse("register:spell-void", args=[house.key, spell.pk]))

    assert all("Zelda" not in page.text for page in pages)
    assert void.status_code == 404


def test_selling_clears_the_region_and_the_reach_of_the_chain(chain, officer, now):
    house = chain.houses[0]
    north = ManagerLinkFactory.create(over=chain.north).user
    head = ManagerLinkFactory.create(over=chain.organisation).user

    sell(house, officer, now)

    house.refresh_from_db()
    assert house.region is None
    assert house not in Premises.objects.managed_by(north)
    assert house not in Premises.objects.managed_by(head)


def test_selling_refuses_the_same_owner_and_odd_days(house, officer, now, today):
    with pytest.raises(RegisterError, match="belong to that organisation"):
        sell(house, officer, now, to=house.organisation)
    with pytest.raises(RegisterError, match="on the day it happens"):
        sell(house, officer, now, first_day=today + DAY)
    sell(house, officer, now)
    with pytest.raises(RegisterError, match="cannot be before"):
        sell(house, officer, now)
    close(house, officer, now)
    with pytest.raises(RegisterError, match="closed already"):
        sell(house, officer, now)


def test_ownership_is_known_for_any_past_day(house, officer, now, today):
    old = house.organisation
    sell(house, officer, now)
    rows = Ownership.objects.filter(premises=house)

    owners = [rows.on(day)[0].organisation for day in (today - DAY, today)]

    house.refresh_from_db()
    assert owners == [old, house.organisation]
