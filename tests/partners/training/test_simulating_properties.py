"""What a plan is said to do is what coverage counts once it is carried out."""

import datetime
from collections import defaultdict
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.models import AuditEvent
from partners.register.enums import Shift, StaffRole
from partners.register.models import Premises
from partners.training.coverage import (
    Coverage,
    Effect,
    Struck,
    coverage_together,
    effect_by_days,
    effect_by_roles,
    most_struck,
    simulate,
)
from partners.training.day_rows import FIGURES
from partners.training.models import Requirement, RequirementRole
from partners.training.services import (
    TrainingError,
    change_requirement,
    end_requirement,
    plan_addition,
    plan_change,
    plan_end,
    save_requirement,
)
from tests.partners.training.brute_force import World, applies, is_in_post
from tests.partners.training.test_coverage_properties import (
    ROLES,
    County,
    acts,
    few,
    roles,
    scopes,
    seasons,
    some_days,
    terms,
)

pytestmark = pytest.mark.django_db

decisions = st.one_of(
    st.tuples(st.just("require"), few, roles, terms, seasons, scopes, some_days),
    st.tuples(st.just("change"), few, roles, terms, seasons, some_days, st.booleans()),
    st.tuples(st.just("end"), few, some_days, st.booleans()),
)


# Some people and rules to begin with: a decision about nothing tells little.
POLICY = {"within_days": 3, "grace_days": 2, "valid_months": 12, "window_days": 0}
EVERYWHERE = {"premises_kind": "", "shift": ""}
BEGUN = [
    ("start", (0, 0, StaffRole.RECEPTION, Shift.NIGHT, 10)),
    ("start", (1, 2, StaffRole.BAR, Shift.DAY, 2)),
    ("start", (2, 1, StaffRole.RECEPTION, Shift.MIXED, 0)),
    ("require", (0, ROLES, POLICY, {}, EVERYWHERE)),
    ("require", (1, ROLES[:1], POLICY | {"within_days": 10}, {}, EVERYWHERE)),
    ("sleep", 4),
]


def in_days(county, number):
    return county.today + datetime.timedelta(days=number)


def one_of_the_rules(number):
    found = list(Requirement.objects.order_by("pk"))
    assume(found)
    return found[number % len(found)]


def require(county, number, roles, terms, season, scope, ahead):
    return (
        plan_addition,
        save_requirement,
        {
            "requirement": Requirement(
                module=county.modules[number % 2],
                area=county.areas[number],
                starts_on=in_days(county, ahead),
                **terms,
                **season,
                **scope,
            ),
            "roles": roles,
        },
    )


def change(county, number, roles, terms, season, ahead, spares):
    old = one_of_the_rules(number)
    return (
        plan_change,
        change_requirement,
        {
            "requirement": old,
            "wanted": Requirement(ends_on=old.ends_on, **terms, **season),
            "roles": roles,
            "applies_on": in_days(county, ahead),
            "spares_people_in_post": spares,
        },
    )


def end(county, number, ahead, is_lifted):
    return (
        plan_end,
        end_requirement,
        {
            "requirement": one_of_the_rules(number),
            "last_day": None if is_lifted else in_days(county, ahead),
        },
    )


DECIDE: dict[str, Any] = {"require": require, "change": change, "end": end}


def everything_written():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Requirement, RequirementRole, AuditEvent)
    ]


def effects_by_hand(before, after, keys, day, group_of):
    """Return the effect for each group in which somebody has rules of these keys."""
    people = defaultdict(list)
    for spell in before.spells:
        if is_in_post(spell, day):
            people[group_of(spell), spell.staff_member_id].append(spell)
    states = defaultdict(list)
    for (group, person), spells in people.items():
        if any(is_meant(world, keys, spells, day) for world in (before, after)):
            both = (world.state_of(person, spells, day) for world in (before, after))
            states[group].append(tuple(both))
    return {group: effect_of(each) for group, each in states.items()}


def is_meant(world, keys, spells, day):
    return any(
        applies(requirement, wanted, spell, day)
        for requirement in world.requirements
        for wanted in requirement.required_roles.all()
        for spell in spells
        if requirement.pk in keys
    )


def effect_of(pairs):
    late = {"never", "expired"}
    before, after = (coverage_of([pair[side] for pair in pairs]) for side in (0, 1))
    return Effect(
        before,
        after,
        changed=sum(now != then for now, then in pairs),
        newly_overdue=sum(now not in late and then in late for now, then in pairs),
        no_longer_overdue=sum(now in late and then not in late for now, then in pairs),
    )


def coverage_of(states):
    return Coverage(
        in_post=len(states),
        required=len(states) - states.count("none"),
        covered=states.count("valid"),
        in_grace=states.count("grace"),
        expired=states.count("expired"),
        never_trained=states.count("never"),
    )


def foretell(done, decision):
    county = County()
    for act, facts in (*BEGUN, *done):
        county.act(act, facts)
    act, *facts = decision
    plan_it, do_it, chosen = DECIDE[act](county, *facts)
    try:
        plan = plan_it(**chosen, today=county.today)
    except TrainingError:
        assume(False)
    assume(not plan.changes_nothing)
    rows, before = everything_written(), World.read()

    told = Told(plan, county)

    assert everything_written() == rows
    do_it(**chosen, actor=county.actor, today=county.today)
    told.compare_by_hand(before, World.read())
    told.compare_with_coverage()


class Told:
    """All that is said of a plan, and what coverage counts before it."""

    def __init__(self, plan, county):
        self.places = Premises.objects.all()
        self.inside = self.places.filter(pk__in=in_scope(plan.versions[-1].requirement))
        self.outside = self.places.exclude(pk__in=self.inside.values("pk"))
        self.days = [
            plan.first_day + datetime.timedelta(days=ahead) for ahead in (0, 4, 30)
        ]
        self.early = in_days(county, -1), self.days[0] - datetime.timedelta(days=1)
        self.keys = {one.pk for one, _ in plan.versions}
        asked = {"versions": plan.versions, "premises": self.places}
        self.by_day = effect_by_days(days=[*self.early, *self.days], **asked)
        self.by_role = effect_by_roles(day=self.days[0], **asked)
        self.of_places = {
            day: most_struck(day=day, limit=10, **asked) for day in self.days
        }
        simulated = simulate(
            plan.versions, first_day=self.days[0], officer=county.actor
        )
        self.simulated = dict(simulated.days)
        self.now = self.counted(self.places, self.by_day)
        self.now_inside = self.counted(self.inside, self.simulated)
        self.now_outside = self.counted(self.outside, self.by_day)

    def counted(self, premises, days):
        return {day: coverage_together(day=day, premises=premises) for day in days}

    def compare_by_hand(self, before, after):
        keys = self.keys | {one.pk for one in after.requirements} - {
            one.pk for one in before.requirements
        }

        def by_hand(day, group_of):
            return effects_by_hand(before, after, keys, day, group_of)

        for day, effect in self.by_day.items():
            assert effect == by_hand(day, together).get(0, effect_of([]))
        assert self.by_role == by_hand(self.days[0], lambda spell: spell.role)
        for day, most in self.of_places.items():
            assert most.shown == struck(by_hand(day, lambda spell: spell.premises_id))
            assert most.number == len(most.shown)

    def compare_with_coverage(self):
        """Whom the rules are not for stand as before: the differences are the same."""
        for told, was, premises in (
            (self.by_day, self.now, self.places),
            (self.simulated, self.now_inside, self.inside),
        ):
            then = self.counted(premises, told)
            for day, effect in told.items():
                assert moves(effect.now, effect.then) == moves(was[day], then[day])
        assert {self.by_day[day].changed for day in self.early} == {0}
        assert self.counted(self.outside, self.by_day) == self.now_outside


def together(spell):
    return 0


def struck(effects):
    found = [
        Struck(
            place,
            effect.meant,
            effect.now.never_trained + effect.now.expired,
            effect.then.never_trained + effect.then.expired,
            effect.newly_overdue,
        )
        for place, effect in effects.items()
    ]
    return sorted(found, key=lambda one: (-one.newly_overdue, -one.meant, one[0]))


def moves(now, then):
    """Return by how many people each figure grows."""
    return [getattr(then, name) - getattr(now, name) for name in FIGURES]


def in_scope(requirement):
    return [
        place.pk
        for place in Premises.objects.select_related("area")
        if requirement.area_id in {None, place.area_id, place.area.parent_id}
        and requirement.premises_kind in {"", place.kind}
    ]


def with_any_decision(examples):
    def decorate(test):
        return settings(
            max_examples=examples,
            deadline=None,
            # Rows are rolled back after each example, so the fixture may be shared.
            suppress_health_check=[
                HealthCheck.function_scoped_fixture,
                HealthCheck.too_slow,
                HealthCheck.filter_too_much,
            ],
        )(given(done=st.lists(acts, max_size=30), decision=decisions)(test))

    return decorate


def rolled_back(done, decision):
    with transaction.atomic():
        try:
            foretell(done, decision)
        finally:
            transaction.set_rollback(True)


@with_any_decision(examples=15)
def test_what_a_plan_would_do_is_what_coverage_counts_after_it(done, decision):
    rolled_back(done, decision)


@pytest.mark.proof
@with_any_decision(examples=400)
def test_what_a_plan_would_do_is_what_it_does_whatever_happened(done, decision):
    rolled_back(done, decision)
