from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import User
from core.models import AuditEvent
from outbox.models import Message
from partners.register.enums import LinkEnd, Reach
from partners.register.models import ManagerLink, Premises
from partners.register.services import (
    RegisterError,
    end_link,
    finish_hand_overs,
    hand_over,
    invite_manager,
    invite_manager_again,
    user_can_manage_whole,
)
from tests.factories.accounts import UserFactory
from tests.factories.register import (
    ManagerLinkFactory,
    PremisesFactory,
    RegionFactory,
)

pytestmark = pytest.mark.django_db


def names(user: User) -> list[str]:
    managed = Premises.objects.managed_by(user)
    return list(managed.order_by("name").values_list("name", flat=True))


@pytest.fixture
def link(area):
    return ManagerLinkFactory.create(premises__area=area)


def test_managed_by_follows_the_reach_in_one_query(chain, django_assert_num_queries):
    one = ManagerLinkFactory.create(premises=chain.houses[3]).user
    region = ManagerLinkFactory.create(over=chain.north).user
    whole = ManagerLinkFactory.create(over=chain.organisation).user
    PremisesFactory.create(name="Elsewhere")

    with django_assert_num_queries(3):
        found = [names(person) for person in (one, region, whole)]

    assert found == [
        ["House D"],
        ["House A", "House B"],
        ["House A", "House B", "House C", "House D"],
    ]


def test_managed_by_counts_premises_once_however_they_are_reached(chain):
    link = ManagerLinkFactory.create(over=chain.organisation)
    ManagerLinkFactory.create(user=link.user, over=chain.north)
    ManagerLinkFactory.create(user=link.user, premises=chain.houses[0])

    assert names(link.user) == ["House A", "House B", "House C", "House D"]


@pytest.mark.parametrize("reach", ("premises", "north", "organisation"))
def test_managed_by_ends_with_the_link_and_the_account(chain, now, reach):
    whole = chain.houses[0] if reach == "premises" else getattr(chain, reach)
    over = {"premises": whole} if reach == "premises" else {"over": whole}
    ended = ManagerLinkFactory.create(**over, ended_at=now)
    closed = ManagerLinkFactory.create(**over, user__is_active=False)

    assert (names(ended.user), names(closed.user)) == ([], [])


def test_reaching_leaves_out_links_without_region_for_premises_without_one(chain):
    ManagerLinkFactory.create(premises=chain.houses[0])
    whole = ManagerLinkFactory.create(over=chain.organisation)

    assert list(ManagerLink.objects.reaching(chain.houses[3])) == [whole]


def test_a_link_is_over_exactly_one_thing(chain):
    link = ManagerLinkFactory.create(over=chain.north)

    with pytest.raises(IntegrityError), transaction.atomic():
        ManagerLink.objects.filter(pk=link.pk).update(premises=chain.houses[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        ManagerLink.objects.filter(pk=link.pk).update(region=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        ManagerLinkFactory.create(user=link.user, over=chain.north)


@pytest.mark.parametrize(
    ("held", "may"),
    (
        ("house", [True, False, False]),
        ("north", [True, True, False]),
        ("organisation", [True, True, True]),
        ("south", [False, False, False]),
    ),
)
def test_managers_may_give_what_their_own_reach_covers(chain, held, may):
    over = chain.houses[0] if held == "house" else getattr(chain, held)
    key = "premises" if held == "house" else "over"
    manager = ManagerLinkFactory.create(**{key: over}).user

    wholes = (chain.houses[0], chain.north, chain.organisation)

    assert [user_can_manage_whole(manager, whole) for whole in wholes] == may


def test_officers_may_give_what_lies_in_their_areas_only(chain, officer):
    assert user_can_manage_whole(officer, chain.organisation)

    PremisesFactory.create(organisation=chain.organisation, region=chain.south)

    wholes = (*chain.houses[:1], chain.north, chain.south, chain.organisation)
    assert [user_can_manage_whole(officer, whole) for whole in wholes] == [
        True,
        True,
        False,
        False,
    ]
    # A region nobody works in yet says nothing about whose it is.
    assert not user_can_manage_whole(officer, RegionFactory.create())


@pytest.mark.parametrize("role", (Role.EDITOR, Role.TESTER, Role.BOARD))
def test_other_roles_may_give_nothing(chain, area, role):
    person = UserFactory.create(roles=[role], areas=[area])

    assert not user_can_manage_whole(person, chain.houses[0])


def test_invite_manager_makes_an_account_and_sends_a_secret_link(link, now):
    invited = invite_manager(
        whole=link.premises,
        email="Ana@Hotel.example ",
        name=" Ana  Novak",
        actor=link.user,
        now=now,
    )

    message = Message.objects.get()
    person = invited.user
    assert (person.email, person.name) == ("ana@hotel.example", "Ana Novak")
    assert person.roles == {Role.MANAGER}
    assert not person.has_usable_password()
    assert names(person) == [link.premises.name]
    assert (message.recipient, message.is_secret) == (person, True)
    assert message.area == link.premises.area
    assert "/accounts/password/reset/key/" in message.body
    assert (invited.started_by, invited.started_at) == (link.user, now)
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "person.created",
        "managerlink.started",
    ]


def test_invite_manager_tells_somebody_known_to_sign_in(chain, now):
    head = ManagerLinkFactory.create(over=chain.organisation).user
    known = UserFactory.create(email="ana@hotel.example")

    invited = invite_manager(
        whole=chain.north, email=known.email, name="Anna", actor=head, now=now
    )

    message = Message.objects.get()
    known.refresh_from_db()
    assert (invited.user, invited.reach) == (known, Reach.REGION)
    assert not message.is_secret
    assert "the region North" in message.body
    assert known.name != "Anna"


@pytest.mark.parametrize(
    ("over", "words"),
    (("premises", "already"), ("organisation", "Only somebody"), ("other", "Only")),
)
def test_invite_manager_refuses_what_is_not_theirs_or_is_there(link, now, over, words):
    wholes = {
        "premises": link.premises,
        "organisation": link.premises.organisation,
        "other": PremisesFactory.create(),
    }

    with pytest.raises(RegisterError, match=words):
        invite_manager(
            whole=wholes[over],
            email=link.user.email,
            name="Ana",
            actor=link.user,
            now=now,
        )

    assert (Message.objects.count(), ManagerLink.objects.count()) == (0, 1)


def test_invite_manager_refuses_an_officer_beyond_the_area(chain, officer, now):
    PremisesFactory.create(organisation=chain.organisation)

    with pytest.raises(RegisterError, match="areas of other officers"):
        invite_manager(
            whole=chain.organisation,
            email="a@b.example",
            name="A",
            actor=officer,
            now=now,
        )


def test_invite_manager_refuses_a_closed_account(link, now):
    UserFactory.create(email="ana@hotel.example", is_active=False)

    with pytest.raises(RegisterError, match="was deactivated"):
        invite_manager(
            whole=link.premises,
            email="ana@hotel.example",
            name="Ana",
            actor=link.user,
            now=now,
        )


def test_invite_manager_again_writes_once_a_day(link, now):
    invited = invite_manager(
        whole=link.premises, email="a@b.example", name="A", actor=link.user, now=now
    )

    invite_manager_again(link=invited, actor=link.user, now=now)
    with pytest.raises(RegisterError, match="today already"):
        invite_manager_again(link=invited, actor=link.user, now=now)
    invite_manager_again(link=invited, actor=link.user, now=now + timedelta(days=1))

    assert Message.objects.filter(recipient=invited.user).count() == 3


def test_invite_manager_again_refuses_who_has_signed_in(link, officer, now):
    with pytest.raises(RegisterError, match="has signed in before"):
        invite_manager_again(link=link, actor=officer, now=now)


@pytest.mark.parametrize(
    ("who", "reason"),
    (
        ("self", LinkEnd.BY_SELF),
        ("colleague", LinkEnd.BY_MANAGER),
        ("head", LinkEnd.BY_MANAGER),
        ("officer", LinkEnd.BY_OFFICER),
    ),
)
def test_end_link_keeps_who_ended_it_and_why(link, officer, now, who, reason):
    colleague = ManagerLinkFactory.create(premises=link.premises).user
    head = ManagerLinkFactory.create(over=link.premises.organisation).user
    actor = {
        "self": link.user,
        "colleague": colleague,
        "head": head,
        "officer": officer,
    }[who]

    end_link(link=link, actor=actor, now=now)

    link.refresh_from_db()
    assert (link.ended_at, link.ended_by, link.end_reason) == (now, actor, reason)
    assert names(link.user) == []
    assert AuditEvent.objects.get().verb == "managerlink.ended"


def test_end_link_refuses_a_smaller_reach_a_stranger_and_a_second_time(
    chain, officer, now
):
    head = ManagerLinkFactory.create(over=chain.organisation)
    house = ManagerLinkFactory.create(premises=chain.houses[0]).user
    elsewhere = UserFactory.create(roles=[Role.OFFICER])

    for actor in (house, ManagerLinkFactory.create().user, elsewhere):
        with pytest.raises(RegisterError):
            end_link(link=head, actor=actor, now=now)
    end_link(link=head, actor=officer, now=now)
    with pytest.raises(RegisterError, match="ended already"):
        end_link(link=head, actor=officer, now=now)


def test_hand_over_to_somebody_new_waits_until_they_sign_in(link, now):
    successor = hand_over(
        link=link, email="new@hotel.example", name="New", actor=link.user, now=now
    )
    link.refresh_from_db()
    assert link.ended_at is None

    done = finish_hand_overs(user=successor.user, now=now + timedelta(days=2))
    again = finish_hand_overs(user=successor.user, now=now + timedelta(days=3))

    link.refresh_from_db()
    assert (done, again) == (1, 0)
    assert link.ended_at == now + timedelta(days=2)
    assert (link.end_reason, link.ended_by) == (LinkEnd.HANDED_OVER, successor.user)


def test_hand_over_happens_when_the_other_signs_in(link, now, client_of):
    successor = hand_over(
        link=link, email="new@hotel.example", name="New", actor=link.user, now=now
    )

    client_of(successor.user)

    link.refresh_from_db()
    assert link.end_reason == LinkEnd.HANDED_OVER


def test_hand_over_to_somebody_who_signs_in_already_is_done_at_once(link, now):
    known = UserFactory.create()

    hand_over(link=link, email=known.email, name="", actor=link.user, now=now)

    link.refresh_from_db()
    assert link.end_reason == LinkEnd.HANDED_OVER
    assert names(known) == [link.premises.name]


def test_hand_over_taken_back_ends_nothing(link, now):
    successor = hand_over(
        link=link, email="new@hotel.example", name="New", actor=link.user, now=now
    )
    end_link(link=successor, actor=link.user, now=now)

    assert finish_hand_overs(user=successor.user, now=now) == 0


def test_hand_over_refuses_a_stranger_and_who_does_it_already(link, now):
    other = ManagerLinkFactory.create(premises=link.premises)

    with pytest.raises(RegisterError, match="Only somebody"):
        hand_over(
            link=link,
            email="x@y.example",
            name="X",
            actor=ManagerLinkFactory.create().user,
            now=now,
        )
    with pytest.raises(RegisterError, match="looks after this already"):
        hand_over(link=link, email=other.user.email, name="", actor=link.user, now=now)
