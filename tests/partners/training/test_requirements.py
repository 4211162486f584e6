import datetime

import pytest

from core.models import AuditEvent
from partners.register.enums import Shift, StaffRole
from partners.training.coverage import Coverage, coverage_by_premises
from partners.training.enums import LateStarters, Renewal
from partners.training.models import Requirement
from partners.training.services import (
    TrainingError,
    change_requirement,
    end_requirement,
    save_requirement,
    until_of,
)
from tests.factories.accounts import UserFactory
from tests.factories.learning import ModuleFactory
from tests.factories.register import PremisesFactory, SpellFactory
from tests.factories.training import CompletionFactory, RequirementFactory

TODAY = datetime.date(2026, 11, 18)
NEVER, GRACE, VALID, EXPIRED = (
    Coverage(1, 1, never_trained=1),
    Coverage(1, 1, in_grace=1),
    Coverage(1, 1, covered=1),
    Coverage(1, 1, expired=1),
)
pytestmark = pytest.mark.django_db


def days(number):
    return datetime.timedelta(days=number)


@pytest.fixture
def actor():
    return UserFactory.create()


@pytest.fixture
def change(actor):
    """Return a function that changes rules, from today and sparing people in post."""

    def change(requirement, *, roles=(StaffRole.RECEPTION,), **facts):
        applies_on = facts.pop("applies_on", TODAY)
        spares = facts.pop("spares", True)
        wanted = Requirement.objects.get(pk=requirement.pk)
        for name, value in facts.items():
            setattr(wanted, name, value)
        return change_requirement(
            requirement=requirement,
            wanted=wanted,
            roles=roles,
            applies_on=applies_on,
            spares_people_in_post=spares,
            actor=actor,
            today=TODAY,
        )

    return change


def on(day, spell):
    return coverage_by_premises(day=day, premises=[spell.premises])[spell.premises_id]


def test_requirement_begins_today_or_later(actor):
    today, yesterday = (
        Requirement(module=ModuleFactory.create(), starts_on=day)
        for day in (TODAY, TODAY - days(1))
    )

    save_requirement(requirement=today, roles=["bar"], actor=actor, today=TODAY)
    with pytest.raises(TrainingError, match="before today"):
        save_requirement(requirement=yesterday, roles=["bar"], actor=actor, today=TODAY)

    assert Requirement.objects.get() == today
    assert AuditEvent.objects.about(today).get().facts["roles"] == ["bar"]


def test_change_leaves_past_days_as_they_were(change):
    old = RequirementFactory.create(within_days=30)
    spell = SpellFactory.create(started_on=TODAY - days(10))
    before = on(TODAY - days(1), spell)

    new = change(old, within_days=5, spares=False)

    old.refresh_from_db()
    assert (old.ends_on, new.follows, new.starts_on) == (TODAY - days(1), old, TODAY)
    assert on(TODAY - days(1), spell) == before == GRACE
    assert on(TODAY, spell) == NEVER


def test_change_spares_people_in_post_unless_the_officer_wants_otherwise(change):
    old = RequirementFactory.create(within_days=30)
    in_post = SpellFactory.create(started_on=TODAY - days(10))
    starter = SpellFactory.create(started_on=TODAY)

    new = change(old, within_days=5)

    assert new.earlier_within_days == 30
    assert on(TODAY + days(20), in_post) == GRACE
    assert on(TODAY + days(21), in_post) == NEVER
    assert on(TODAY + days(5), starter) == GRACE
    assert on(TODAY + days(6), starter) == NEVER
    facts = AuditEvent.objects.about(new).get().facts
    assert (facts["spares_people_in_post"], facts["follows"]) == (True, old.pk)


def test_change_gives_nobody_who_is_overdue_new_days(change):
    old = RequirementFactory.create(within_days=30)
    spell = SpellFactory.create(started_on=TODAY - days(100))

    change(old, valid_months=6)

    assert on(TODAY, spell) == NEVER


def test_change_never_moves_the_end_of_a_completion(change):
    old = RequirementFactory.create(valid_months=12)
    spell = SpellFactory.create(started_on=TODAY - days(100))
    CompletionFactory.create(
        staff_member=spell.staff_member,
        module=old.module,
        valid_from=TODAY - days(90),
        valid_until=TODAY + days(275),
    )

    change(old, valid_months=1, spares=False)

    assert on(TODAY + days(275), spell) == VALID
    assert on(TODAY + days(276), spell) == EXPIRED


def test_change_keeps_the_grace_of_who_became_due_before(change):
    old = RequirementFactory.create(grace_days=20)
    was_due, is_due = (
        SpellFactory.create(started_on=TODAY - days(200)) for _ in range(2)
    )
    for spell, until in ((was_due, TODAY - days(5)), (is_due, TODAY)):
        CompletionFactory.create(
            staff_member=spell.staff_member,
            module=old.module,
            valid_from=TODAY - days(190),
            valid_until=until,
        )

    change(old, grace_days=0)

    assert on(TODAY + days(1), is_due) == EXPIRED
    assert on(TODAY + days(15), was_due) == GRACE
    assert on(TODAY + days(16), was_due) == EXPIRED


def test_role_that_is_added_has_the_days_of_a_starter(change):
    old = RequirementFactory.create(within_days=14)
    premises = PremisesFactory.create()
    desk, bar = (
        SpellFactory.create(premises=premises, role=role, started_on=TODAY - days(100))
        for role in (StaffRole.RECEPTION, StaffRole.BAR)
    )

    change(old, roles=(StaffRole.RECEPTION, StaffRole.BAR))

    both = Coverage(2, 2, in_grace=1, never_trained=1)
    assert on(TODAY, desk) == both
    assert on(TODAY + days(14), bar) == both
    assert on(TODAY + days(15), bar) == Coverage(2, 2, never_trained=2)


def test_rules_that_have_not_begun_are_replaced(change):
    old = RequirementFactory.create(within_days=30)
    planned = change(old, within_days=20, applies_on=TODAY + days(30))

    again = change(planned, within_days=10, applies_on=TODAY + days(10))

    old.refresh_from_db()
    assert again.pk == planned.pk
    assert Requirement.objects.count() == 2
    assert (old.ends_on, again.starts_on) == (TODAY + days(9), TODAY + days(10))
    assert (again.follows, again.within_days) == (old, 10)
    assert again.earlier_within_days == 30


def test_change_of_the_last_day_alone_makes_no_new_version(change):
    old = RequirementFactory.create()

    same = change(old, ends_on=TODAY + days(3))

    assert (same, same.ends_on) == (old, TODAY + days(3))
    assert AuditEvent.objects.about(old).get().verb == "requirement.ended"


@pytest.mark.parametrize(
    ("facts", "words"),
    (
        ({"applies_on": TODAY - days(1)}, "never for the past"),
        ({"ends_on": TODAY - days(1)}, "last day lies before"),
    ),
)
def test_change_that_cannot_be_is_refused(change, facts, words):
    old = RequirementFactory.create()

    with pytest.raises(TrainingError, match=words):
        change(old, within_days=3, **facts)

    assert Requirement.objects.get() == old


def test_rules_that_are_over_or_replaced_are_not_changed(change):
    over = RequirementFactory.create(ends_on=TODAY - days(1))
    replaced = RequirementFactory.create()
    change(replaced, within_days=3)

    for old in (over, replaced):
        with pytest.raises(TrainingError, match="have ended or been replaced"):
            change(old, within_days=4)


def test_rules_that_end_sooner_are_not_changed_later(change):
    old = RequirementFactory.create(ends_on=TODAY + days(3))

    with pytest.raises(TrainingError, match="end before the new ones"):
        change(old, within_days=3, applies_on=TODAY + days(4), ends_on=None)


def test_requirement_ends_today_or_later(actor):
    requirement = RequirementFactory.create()

    with pytest.raises(TrainingError, match="today or later"):
        end_requirement(
            requirement=requirement, last_day=TODAY - days(1), actor=actor, today=TODAY
        )
    end_requirement(requirement=requirement, last_day=TODAY, actor=actor, today=TODAY)
    lifted = end_requirement(
        requirement=requirement, last_day=None, actor=actor, today=TODAY
    )

    assert lifted.ends_on is None
    verbs = AuditEvent.objects.about(requirement).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "requirement.ended",
        "requirement.prolonged",
    ]


@pytest.mark.parametrize(
    ("shift", "is_asked"),
    ((Shift.NIGHT, True), (Shift.MIXED, True), (Shift.DAY, False)),
)
def test_requirement_for_a_shift_means_changing_shifts_too(shift, is_asked):
    RequirementFactory.create(shift=Shift.NIGHT, within_days=0)
    spell = SpellFactory.create(shift=shift)

    assert on(TODAY, spell) == (NEVER if is_asked else Coverage(1))


@pytest.mark.parametrize(
    ("started_on", "last_day"),
    (
        # The last 20 days of the season are 12 to 31 October.
        (datetime.date(2026, 10, 11), datetime.date(2026, 11, 10)),
        (datetime.date(2026, 10, 12), datetime.date(2027, 10, 31)),
        (datetime.date(2026, 10, 31), datetime.date(2027, 10, 31)),
        (datetime.date(2026, 11, 1), datetime.date(2026, 12, 1)),
    ),
)
def test_late_starter_has_until_the_next_season_ends(started_on, last_day):
    RequirementFactory.create(
        renewal=Renewal.SEASON,
        season_opens="09-01",
        season_closes="10-31",
        late_starters=LateStarters.NEXT_SEASON,
        late_starter_days=20,
    )
    spell = SpellFactory.create(started_on=started_on)

    assert on(last_day, spell) == GRACE
    assert on(last_day + days(1), spell) == NEVER


def test_strictest_of_two_requirements_decides():
    module = ModuleFactory.create()
    spell = SpellFactory.create(started_on=TODAY - days(50))
    RequirementFactory.create(module=module, within_days=60, valid_months=3)
    RequirementFactory.create(module=module, within_days=10, valid_months=24)

    until = until_of(staff_member=spell.staff_member, module=module, done_on=TODAY)

    assert on(TODAY, spell) == NEVER
    assert until == datetime.date(2027, 2, 18)


def test_completion_is_never_worth_less_than_the_one_before():
    requirement = RequirementFactory.create(valid_months=3)
    spell = SpellFactory.create()
    CompletionFactory.create(
        staff_member=spell.staff_member,
        module=requirement.module,
        valid_from=TODAY - days(1),
        valid_until=TODAY + days(200),
    )

    until = until_of(
        staff_member=spell.staff_member, module=requirement.module, done_on=TODAY
    )

    assert until == TODAY + days(200)


def test_person_who_starts_next_week_finishes_by_the_rules_of_then():
    requirement = RequirementFactory.create(valid_months=5)
    spell = SpellFactory.create(started_on=TODAY + days(7))

    until = until_of(
        staff_member=spell.staff_member, module=requirement.module, done_on=TODAY
    )

    assert until == datetime.date(2027, 4, 18)
