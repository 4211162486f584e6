import datetime
import random
from dataclasses import astuple

import pytest

from core.enums import AreaKind
from core.models import Area
from partners.register.enums import PremisesKind, Shift, StaffRole
from partners.register.models import Premises
from partners.training.coverage import (
    Coverage,
    Part,
    coverage_by_premises,
    coverage_parts,
    coverage_total,
    people_states,
    person_needs,
)
from partners.training.enums import LateStarters, Renewal, TrainingState
from partners.training.models import RequirementRole
from tests.factories.core import AreaFactory
from tests.factories.learning import ModuleFactory, ModuleVersionFactory
from tests.factories.register import (
    OrganisationFactory,
    PremisesFactory,
    SpellFactory,
    StaffMemberFactory,
)
from tests.factories.training import CompletionFactory, RequirementFactory
from tests.partners.training.brute_force import World, by_area, by_premises, together

DAY = datetime.date(2026, 11, 18)
SEASON = {
    "renewal": Renewal.SEASON,
    "season_opens": "09-01",
    "season_closes": "10-31",
    "late_starters": LateStarters.NEXT_SEASON,
    "late_starter_days": 20,
}
ROLES = (StaffRole.RECEPTION, StaffRole.BAR, StaffRole.MANAGER)
pytestmark = pytest.mark.django_db


def days(number):
    return datetime.timedelta(days=number)


def build_county(seed):
    rng = random.Random(seed)  # noqa: S311 -- invented people, not secrets
    force = AreaFactory.create(kind=AreaKind.FORCE)
    areas = [AreaFactory.create(parent=force), AreaFactory.create(parent=force)]
    modules = [ModuleFactory.create() for _ in range(3)]
    versions = {
        module: ModuleVersionFactory.create(module=module) for module in modules
    }
    for module in modules:
        for _ in range(rng.choice((1, 2))):
            starts_on = DAY - days(rng.choice((-1, 0, 10, 400)))
            RequirementFactory.create(
                module=module,
                roles=rng.sample(ROLES, rng.choice((1, 2))),
                area=rng.choice((None, None, force, areas[0])),
                premises_kind=rng.choice(("", "", PremisesKind.HOTEL)),
                shift=rng.choice(("", "", Shift.NIGHT, Shift.DAY)),
                within_days=rng.choice((0, 14, 30)),
                grace_days=rng.choice((0, 0, 10)),
                earlier_within_days=rng.choice((None, 60)),
                earlier_grace_days=rng.choice((None, 30)),
                **rng.choice(({}, SEASON)),
                starts_on=starts_on,
                ends_on=rng.choice((None, None, max(starts_on, DAY - days(1)))),
            )
    for wanted in RequirementRole.objects.all():
        wanted.counts_from = rng.choice((None, DAY - days(500), DAY - days(40)))
        wanted.save()
    organisation = OrganisationFactory.create()
    places = [
        PremisesFactory.create(
            organisation=organisation,
            area=rng.choice(areas),
            kind=rng.choice((PremisesKind.HOTEL, PremisesKind.TAXI)),
        )
        for _ in range(4)
    ]
    for _ in range(25):
        person = StaffMemberFactory.create(organisation=organisation)
        posts = rng.sample(
            [(place, role) for place in places for role in ROLES], rng.choice((1, 2, 3))
        )
        for place, role in posts:
            started_on = DAY - days(rng.choice((-5, 0, 10, 14, 25, 30, 31, 300, 390)))
            SpellFactory.create(
                staff_member=person,
                premises=place,
                role=role,
                shift=rng.choice((Shift.NIGHT, Shift.DAY, Shift.MIXED)),
                started_on=started_on,
                ended_on=rng.choice(
                    (None, None, max(DAY, started_on), max(DAY - days(1), started_on))
                ),
                voided_at=rng.choice((None, None, None, "2026-01-01T00:00Z")),
            )
        for _ in range(rng.choice((0, 1, 2, 3))):
            module = rng.choice(modules)
            valid_from = DAY - days(rng.choice((-1, 0, 100, 365, 700)))
            CompletionFactory.create(
                staff_member=person,
                module=module,
                attempt__version=versions[module],
                valid_from=valid_from,
                valid_until=rng.choice(
                    (valid_from, valid_from + days(365), max(valid_from, DAY))
                ),
            )
    return areas


SEEDS = (
    *range(3),
    *(pytest.param(seed, marks=pytest.mark.proof) for seed in range(3, 60)),
)


@pytest.mark.parametrize("seed", SEEDS)
def test_coverage_equals_counting_person_by_person(seed):
    areas = build_county(seed)
    places = Premises.objects.all()
    counted = coverage_by_premises(day=DAY, premises=places)
    by_role = coverage_parts(day=DAY, premises=places, by=Part.ROLE)
    total = coverage_total(day=DAY, areas=areas)
    first_area = coverage_total(day=DAY, areas=areas[:1])

    world = World.read()
    assert counted == world.coverage(DAY, by_premises)
    assert {
        (place, role): one
        for place, roles in by_role.items()
        for role, one in roles.items()
    } == world.coverage(DAY, lambda spell: [(spell.premises_id, spell.role)])
    assert total == world.coverage(DAY, together).get(0, Coverage())
    in_areas = world.coverage(DAY, by_area)
    assert first_area == in_areas.get(areas[0].pk, Coverage())


@pytest.mark.parametrize("seed", range(2))
def test_people_states_add_up_to_coverage(seed):
    build_county(seed)

    for place in Premises.objects.all():
        counted = coverage_by_premises(day=DAY, premises=[place])[place.pk]
        states = [
            person.state for person in people_states(premises=place, day=DAY).values()
        ]

        required = len(states) - states.count(TrainingState.NOT_REQUIRED)
        assert astuple(counted) == (
            len(states),
            required,
            states.count(TrainingState.VALID),
            states.count(TrainingState.IN_GRACE),
            states.count(TrainingState.EXPIRED),
            states.count(TrainingState.NEVER_TRAINED),
        )


def test_coverage_counts_only_people_in_post_and_moves_at_once():
    module = ModuleFactory.create()
    RequirementFactory.create(module=module, within_days=30)
    premises = PremisesFactory.create()
    stays, leaves = (SpellFactory.create(premises=premises) for _ in range(2))
    leaves.ended_on = DAY - days(1)
    leaves.save()
    SpellFactory.create(premises=premises, role=StaffRole.DRIVER)
    SpellFactory.create(premises=premises, started_on=DAY - days(30))

    before = coverage_by_premises(day=DAY, premises=[premises])
    CompletionFactory.create(staff_member=stays.staff_member, module=module)
    CompletionFactory.create(staff_member=leaves.staff_member, module=module)
    after = coverage_by_premises(day=DAY, premises=[premises])

    assert before == {premises.pk: Coverage(3, 2, 0, 1, 0, 1)}
    assert after == {premises.pk: Coverage(3, 2, 1, 1, 0, 0)}
    assert after[premises.pk].per_cent == 50


def test_coverage_until_is_inclusive_and_then_expired_not_never_trained():
    module = ModuleFactory.create()
    RequirementFactory.create(module=module)
    spell = SpellFactory.create(started_on=DAY - days(400))
    CompletionFactory.create(
        staff_member=spell.staff_member,
        module=module,
        valid_from=DAY - days(365),
        valid_until=DAY,
    )

    today = coverage_by_premises(day=DAY, premises=[spell.premises])
    tomorrow = coverage_by_premises(day=DAY + days(1), premises=[spell.premises])

    assert today[spell.premises_id] == Coverage(1, 1, 1, 0, 0, 0)
    assert tomorrow[spell.premises_id] == Coverage(1, 1, 0, 0, 1, 0)


def test_completion_counts_at_every_premises_of_the_person():
    module = ModuleFactory.create()
    RequirementFactory.create(module=module)
    first = SpellFactory.create()
    second = SpellFactory.create(
        staff_member=first.staff_member,
        premises=PremisesFactory.create(area=first.premises.area),
    )
    CompletionFactory.create(staff_member=first.staff_member, module=module)

    by_premises = coverage_by_premises(day=DAY, premises=Premises.objects.all())
    total = coverage_total(day=DAY, areas=[first.premises.area])

    one = Coverage(1, 1, 1, 0, 0, 0)
    assert by_premises == {first.premises_id: one, second.premises_id: one}
    assert total == one


def test_coverage_of_nothing_is_empty(area: Area):
    empty = PremisesFactory.create()

    assert coverage_by_premises(day=DAY, premises=[]) == {}
    assert coverage_by_premises(day=DAY, premises=[empty]) == {}
    assert coverage_total(day=DAY, areas=[]) == Coverage()
    assert coverage_total(day=DAY, areas=[area]) == Coverage()
    assert Coverage().per_cent is None


@pytest.mark.parametrize("item_count", (1, 3))
def test_coverage_is_one_query(item_count, django_assert_num_queries):
    module = ModuleFactory.create()
    RequirementFactory.create(module=module)
    premises = PremisesFactory.create()
    for _ in range(item_count):
        SpellFactory.create(premises=premises)

    with django_assert_num_queries(1):
        coverage = coverage_by_premises(day=DAY, premises=Premises.objects.all())
    with django_assert_num_queries(1):
        states = people_states(premises=premises, day=DAY)

    assert coverage[premises.pk].never_trained == item_count
    assert len(states) == item_count


def test_people_states_name_what_is_missing_and_until_when_it_is_valid():
    first, second = ModuleFactory.create(title="One"), ModuleFactory.create(title="Two")
    for module in (first, second):
        RequirementFactory.create(module=module, within_days=400)
    premises = PremisesFactory.create()
    half, full = (SpellFactory.create(premises=premises) for _ in range(2))
    for module in (first, second):
        CompletionFactory.create(staff_member=full.staff_member, module=module)
    CompletionFactory.create(staff_member=half.staff_member, module=first)

    states = people_states(premises=premises, day=DAY)

    done, missing = states[full.staff_member_id], states[half.staff_member_id]
    assert (done.state, done.valid_until) == (
        TrainingState.VALID,
        datetime.date(2027, 1, 5),
    )
    assert (missing.state, missing.valid_until) == (TrainingState.IN_GRACE, None)
    assert [need.title for need in missing.missing] == ["Two"]
    assert missing.due_on == half.started_on + days(400)


def test_person_needs_before_the_first_day_are_those_of_the_first_day():
    requirement = RequirementFactory.create(within_days=14)
    spell = SpellFactory.create(started_on=DAY + days(7))

    needs = person_needs(staff_member=spell.staff_member, day=DAY)

    assert [(need.module_id, need.state, need.due_on) for need in needs] == [
        (requirement.module_id, TrainingState.IN_GRACE, DAY + days(21))
    ]


def test_person_needs_of_a_leaver_are_none():
    RequirementFactory.create()
    spell = SpellFactory.create(ended_on=DAY - days(1))

    assert person_needs(staff_member=spell.staff_member, day=DAY) == []
