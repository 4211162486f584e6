from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from core.models import AuditEvent
from core.signals import spell_changed
from partners.register.enums import Shift, StaffRole
from partners.register.models import Premises, Spell, StaffMember
from partners.register.services import (
    RegisterError,
    add_starter,
    mark_left,
    void_spell,
)
from tests.factories.register import (
    ManagerLinkFactory,
    PremisesFactory,
    SpellFactory,
    StaffMemberFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def premises() -> Premises:
    return PremisesFactory.create()


@pytest.fixture
def manager(premises: Premises) -> User:
    return ManagerLinkFactory.create(premises=premises).user


@pytest.fixture
def heard() -> Any:
    """Return the spells that `spell_changed` has told of."""
    spells: list[Spell] = []

    def listen(spell: Spell, **_: Any) -> None:
        spells.append(spell)

    spell_changed.connect(listen)
    yield spells
    spell_changed.disconnect(listen)


def start(premises: Premises, manager: User, now: datetime, **fields: Any) -> Spell:
    values: dict[str, Any] = {
        "name": "Zoë Nowak",
        "role": StaffRole.RECEPTION,
        "shift": Shift.NIGHT,
        "started_on": date(2026, 11, 2),
        **fields,
    }
    return add_starter(premises=premises, actor=manager, now=now, **values)


def test_add_starter_puts_a_new_person_in_post(premises, manager, now, heard):
    spell = start(
        premises, manager, now, name="  Zoë   Nowak ", email="Zoe@Hotel.example"
    )

    person = spell.staff_member
    assert (person.name, person.email) == ("Zoë Nowak", "zoe@hotel.example")
    assert person.organisation == premises.organisation
    assert (spell.started_on, spell.ended_on) == (date(2026, 11, 2), None)
    assert heard == [spell]
    assert list(
        AuditEvent.objects.order_by("pk").values_list("verb", "actor", "facts")
    ) == [
        ("staffmember.created", manager.pk, {}),
        ("spell.started", manager.pk, {"premises": premises.pk}),
    ]


def test_add_starter_knows_somebody_who_comes_back(premises, manager, now):
    left = SpellFactory.create(
        premises=premises, staff_member__name="Zoe NOWAK", ended_on=date(2026, 3, 1)
    )

    spell = start(premises, manager, now)

    assert spell.staff_member == left.staff_member
    assert StaffMember.objects.count() == 1


def test_add_starter_fills_in_a_number_and_never_changes_one(premises, manager, now):
    left = SpellFactory.create(
        premises=premises, staff_member__name="Zoë Nowak", ended_on=date(2026, 3, 1)
    )
    start(premises, manager, now, phone="+447700900123", role=StaffRole.BAR)
    start(premises, manager, now, phone="+447700900999")

    left.staff_member.refresh_from_db()
    assert left.staff_member.phone == "+447700900123"


def test_add_starter_refuses_a_second_open_spell_in_the_same_role(
    premises, manager, now, heard
):
    start(premises, manager, now)
    heard.clear()

    with pytest.raises(RegisterError) as refusal:
        start(premises, manager, now, started_on=date(2026, 11, 9))

    assert str(refusal.value) == (
        "Zoë Nowak is already on your list as Reception at that time. If this is "
        "somebody else with the same name, add a staff number to tell them apart."
    )
    assert Spell.objects.count() == 1
    assert heard == []


def test_add_starter_allows_a_second_role(premises, manager, now):
    first = start(premises, manager, now)

    second = start(premises, manager, now, role=StaffRole.BAR)

    assert second.staff_member == first.staff_member


@pytest.mark.parametrize(
    ("known", "given"),
    (
        ({"staff_number": "7"}, {"staff_number": "8"}),
        ({"email": "one@hotel.example"}, {"email": "two@hotel.example"}),
    ),
)
def test_add_starter_tells_two_people_of_one_name_apart(
    premises, manager, now, known, given
):
    first = start(premises, manager, now, **known)

    second = start(premises, manager, now, **given)

    assert second.staff_member != first.staff_member


def test_add_starter_knows_a_person_of_the_organisation_by_number(
    premises, manager, now
):
    elsewhere = StaffMemberFactory.create(
        organisation=premises.organisation, name="Zoë Nowak", staff_number="7"
    )

    spell = start(premises, manager, now, staff_number="7")

    assert spell.staff_member == elsewhere


def test_add_starter_refuses_a_number_of_somebody_else(premises, manager, now):
    start(premises, manager, now, staff_number="7")

    with pytest.raises(RegisterError, match="Staff number 7 belongs to somebody else"):
        start(premises, manager, now, name="Ben Okafor", staff_number="7")


def test_add_starter_never_takes_a_name_from_another_premises(premises, manager, now):
    stranger = SpellFactory.create(staff_member__name="Zoë Nowak")

    spell = start(premises, manager, now)

    assert spell.staff_member != stranger.staff_member


@pytest.mark.parametrize(
    ("days", "sentence"),
    (
        ({"started_on": date(1949, 12, 31)}, "31 December 1949 cannot be a first day"),
        ({"started_on": date(2027, 6, 1)}, "1 June 2027 cannot be a first day"),
        (
            {"started_on": date(2026, 3, 2), "ended_on": date(2026, 3, 1)},
            "The last day, 1 March 2026, is before the first day, 2 March 2026.",
        ),
        (
            {"started_on": date(2026, 3, 2), "ended_on": date(2028, 3, 1)},
            "1 March 2028 is too far off for a last day",
        ),
        ({"name": "   "}, "Enter the person's name."),
    ),
)
def test_add_starter_refuses_what_cannot_be(premises, manager, now, days, sentence):
    with pytest.raises(RegisterError, match=sentence):
        start(premises, manager, now, **days)

    assert StaffMember.objects.count() == 0
    assert AuditEvent.objects.count() == 0


def test_mark_left_closes_the_spell(premises, manager, now, heard):
    spell = SpellFactory.create(premises=premises)

    mark_left(spell=spell, last_day=date(2026, 11, 17), actor=manager, now=now)

    spell.refresh_from_db()
    assert spell.ended_on == date(2026, 11, 17)
    assert heard == [spell]
    assert AuditEvent.objects.get().verb == "spell.ended"


def test_mark_left_twice_is_refused(premises, manager, now):
    spell = SpellFactory.create(premises=premises, ended_on=date(2026, 11, 1))

    with pytest.raises(RegisterError, match="already marked as left on 1 November"):
        mark_left(spell=spell, last_day=date(2026, 11, 17), actor=manager, now=now)

    spell.refresh_from_db()
    assert spell.ended_on == date(2026, 11, 1)


def test_mark_left_before_the_first_day_is_refused(premises, manager, now):
    spell = SpellFactory.create(premises=premises)

    with pytest.raises(RegisterError, match="is before the first day"):
        mark_left(
            spell=spell,
            last_day=spell.started_on - timedelta(days=1),
            actor=manager,
            now=now,
        )


def test_void_spell_keeps_the_row_and_counts_it_nowhere(premises, manager, now, heard):
    spell = SpellFactory.create(premises=premises)

    void_spell(spell=spell, reason="Wrong person", actor=manager, now=now)

    spell.refresh_from_db()
    assert (spell.voided_at, spell.void_reason) == (now, "Wrong person")
    assert list(Spell.objects.in_post(timezone.localdate(now))) == []
    assert heard == [spell]
    assert AuditEvent.objects.get().verb == "spell.voided"


def test_void_spell_wants_a_reason(premises, manager, now):
    spell = SpellFactory.create(premises=premises)

    with pytest.raises(RegisterError, match="Say what was wrong"):
        void_spell(spell=spell, reason="  ", actor=manager, now=now)


def test_void_spell_twice_is_refused(premises, manager, now):
    spell = SpellFactory.create(premises=premises, voided_at=now)

    with pytest.raises(RegisterError, match="already been taken back"):
        void_spell(spell=spell, reason="Again", actor=manager, now=now)
