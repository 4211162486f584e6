"""What a plan is said to do is what coverage counts once it is carried out."""

import datetime
from collections import Counter, defaultdict

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.models import AuditEvent
from partners.register.models import Premises
from partners.training.coverage import (
    coverage_together,
    effect_by_days,
    effect_by_roles,
    most_struck,
    simulate,
)
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


def by_role(spell):
    return [spell.role]


def by_person(spell):
    return [spell.staff_member_id]


def by_premises_and_person(spell):
    return [(spell.premises_id, spell.staff_member_id)]


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


DECIDE = {"require": require, "change": change, "end": end}


def everything_written():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Requirement, RequirementRole, AuditEvent)
    ]


def newly_overdue(before, after, day, groups_of):
    """Return the groups of one person that are overdue after and were not before."""
    overdue = [
        {
            group
            for group, counted in world.coverage(day, groups_of).items()
            if counted.never_trained or counted.expired
        }
        for world in (before, after)
    ]
    return overdue[1] - overdue[0]


def people_meant(worlds, keys, day):
    """Return at which premises which people have rules of these keys, by either."""
    meant = defaultdict(set)
    for world in worlds:
        for requirement in world.requirements:
            for wanted in requirement.required_roles.all():
                for spell in world.spells:
                    if (
                        requirement.pk in keys
                        and is_in_post(spell, day)
                        and applies(requirement, wanted, spell, day)
                    ):
                        meant[spell.premises_id].add(spell.staff_member_id)
    return meant


def foretell(done, decision):
    county = County()
    for act, facts in done:
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
    told.compare(before, World.read())


class Told:
    """All that is said of a plan, and what coverage counts before it."""

    def __init__(self, plan, county):
        self.places = Premises.objects.all()
        self.inside = self.places.filter(pk__in=in_scope(plan.versions[-1].requirement))
        self.outside = self.places.exclude(pk__in=self.inside.values("pk"))
        ahead = [datetime.timedelta(days=number) for number in (0, 4, 30)]
        first, _, last = self.days = [plan.first_day + days for days in ahead]
        self.early = in_days(county, -1), first - datetime.timedelta(days=1)
        self.keys = {one.pk for one, _ in plan.versions}
        self.by_day = effect_by_days(
            plan.versions, days=[*self.early, *self.days], premises=self.places
        )
        self.by_role = effect_by_roles(plan.versions, day=first, premises=self.places)
        self.of_places = most_struck(
            plan.versions, days=(first, last), premises=self.places, limit=10
        )
        self.simulated = simulate(
            plan.versions, first_day=first, officer=county.actor
        ).days
        self.now = self.counted(self.places, self.by_day)
        self.now_inside = self.counted(self.inside, dict(self.simulated))
        self.now_outside = self.counted(self.outside, self.by_day)

    def counted(self, premises, days):
        return {day: coverage_together(day=day, premises=premises) for day in days}

    def compare(self, before, after):
        self.keys |= {one.pk for one in after.requirements} - {
            one.pk for one in before.requirements
        }
        assert self.counted(self.outside, self.by_day) == self.now_outside
        then = self.counted(self.places, self.by_day)
        for day, effect in self.by_day.items():
            assert (effect.now, effect.then) == (self.now[day], then[day])
            newly = newly_overdue(before, after, day, by_person)
            assert effect.newly_overdue == len(newly)
            meant = people_meant((before, after), self.keys, day)
            assert effect.meant == len(set().union(*meant.values()))
        assert {self.by_day[day].changed for day in self.early} == {0}
        then = self.counted(self.inside, dict(self.simulated))
        for day, effect in self.simulated:
            assert (effect.now, effect.then) == (self.now_inside[day], then[day])
        roles = {role: effect.then for role, effect in self.by_role.items()}
        assert roles == after.coverage(self.days[0], by_role)
        assert self.of_places.shown == struck(before, after, self.keys, self.days)
        assert self.of_places.number == len(self.of_places.shown)


def in_scope(requirement):
    return [
        place.pk
        for place in Premises.objects.select_related("area")
        if requirement.area_id in {None, place.area_id, place.area.parent_id}
        and requirement.premises_kind in {"", place.kind}
    ]


def struck(before, after, keys, days):
    first, last = (
        Counter(
            place
            for place, _ in newly_overdue(before, after, day, by_premises_and_person)
        )
        for day in (days[0], days[-1])
    )
    meant = [people_meant((before, after), keys, day) for day in (days[0], days[-1])]
    found = [
        (place, len(meant[0].get(place, ())), first[place], last[place])
        for place in {*meant[0], *meant[1]}
    ]
    return sorted(found, key=lambda one: (-one[3], -one[2], -one[1], one[0]))


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
        )(given(done=st.lists(acts, min_size=8, max_size=40), decision=decisions)(test))

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
