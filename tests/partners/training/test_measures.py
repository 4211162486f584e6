import datetime

import pytest

from partners.register.enums import Shift, StaffRole
from partners.register.models import Premises
from partners.training.coverage import (
    HalfLife,
    Starters,
    nights_without_training,
    starters_trained,
    training_half_life,
)
from tests.factories.learning import ModuleFactory
from tests.factories.register import PremisesFactory, SpellFactory
from tests.factories.training import CompletionFactory, RequirementFactory

DAY = datetime.date(2026, 11, 18)
ALL = Premises.objects.all()
pytestmark = pytest.mark.django_db


def days(number):
    return datetime.timedelta(days=number)


@pytest.fixture
def module():
    return ModuleFactory.create()


@pytest.fixture
def required(module):
    return RequirementFactory.create(module=module, within_days=30)


@pytest.fixture
def place():
    return PremisesFactory.create()


@pytest.fixture
def train(module):
    def train(spell, on):
        CompletionFactory.create(
            staff_member=spell.staff_member,
            module=module,
            valid_from=on,
            valid_until=on + days(365),
        )
        return spell

    return train


def start(place, ago, **facts):
    return SpellFactory.create(premises=place, started_on=DAY - days(ago), **facts)


def test_starters_count_as_trained_when_covered_in_time(required, place, train):
    on_the_last_day, too_late, _never = (start(place, 100) for _ in range(3))
    train(on_the_last_day, DAY - days(86))
    train(too_late, DAY - days(85))
    train(start(place, 50), DAY - days(90))

    def within(number):
        return starters_trained(day=DAY, premises=ALL, within_days=number)

    assert within(14) == Starters(4, 2)
    assert within(30) == Starters(4, 3)
    assert (within(14).per_cent, Starters(0, 0).per_cent) == (50, None)


def test_starters_are_asked_only_when_they_had_the_time(required, place):
    start(place, 13)
    start(place, 14 + 365)
    gone = start(place, 40)
    gone.ended_on = gone.started_on + days(13)
    gone.save()
    start(place, 60, role=StaffRole.DRIVER)
    start(place, 60, voided_at="2026-11-01T00:00Z")
    start(place, 14)

    found = starters_trained(day=DAY, premises=ALL, within_days=14)

    assert found == Starters(1, 0)


@pytest.mark.parametrize(("gap", "asked"), ((1, 0), (2, 1)))
def test_changing_role_is_no_start_and_coming_back_is(required, place, gap, asked):
    before = start(place, 500, role=StaffRole.BAR)
    before.ended_on = DAY - days(60)
    before.save()
    start(place, 60 - gap, staff_member=before.staff_member)

    found = starters_trained(day=DAY, premises=ALL, within_days=14)

    assert found == Starters(asked, 0)


@pytest.mark.parametrize(
    ("shifts", "has_desk", "trained", "is_found"),
    (
        ([Shift.NIGHT, Shift.DAY], False, [Shift.DAY], True),
        ([Shift.NIGHT], False, [Shift.NIGHT], False),
        ([Shift.NIGHT, Shift.MIXED], False, [Shift.MIXED], False),
        ([Shift.MIXED], False, [], False),
        ([Shift.MIXED], True, [], True),
        ([Shift.DAY], True, [], False),
    ),
)
def test_night_shift_with_nobody_trained_is_found(
    required, place, train, shifts, has_desk, trained, is_found
):
    place.has_night_desk = has_desk
    place.save()
    for shift in shifts:
        spell = start(place, 100, shift=shift)
        if shift in trained:
            train(spell, DAY - days(10))

    found = nights_without_training(day=DAY, premises=ALL)

    assert found == ([place.pk] if is_found else [])


def test_night_shift_that_needs_no_training_is_not_found(place):
    start(place, 100, shift=Shift.NIGHT)

    assert nights_without_training(day=DAY, premises=ALL) == []


def test_half_life_is_the_kaplan_meier_median(place, train):
    def stayed(trained_ago, number):
        spell = train(start(place, 900), DAY - days(trained_ago))
        spell.ended_on = DAY - days(trained_ago) + days(number)
        spell.save()

    stayed(800, 100)
    stayed(800, 304)
    for trained_ago in (200, 400):
        train(start(place, 900), DAY - days(trained_ago))

    # 4 at risk, 1 leaves: 3/4; one censored at 200 days; 2 at risk, 1 leaves: 3/8.
    assert training_half_life(day=DAY, premises=ALL) == HalfLife(10.0, 4, 2)
    # As seen on the day before the second left, she is still there.
    seen_then = training_half_life(day=DAY - days(496), premises=ALL)
    assert seen_then == HalfLife(3.3, 2, 1)


def test_half_life_runs_from_the_first_day_here_and_counts_no_one_untrained(
    place, train
):
    came_trained = train(start(place, 61), DAY - days(300))
    came_trained.ended_on = DAY - days(30)
    came_trained.save()
    start(place, 400)
    left_before_training = train(start(place, 400), DAY - days(10))
    left_before_training.ended_on = DAY - days(20)
    left_before_training.save()

    assert training_half_life(day=DAY, premises=ALL) == HalfLife(1.0, 1, 1)
    assert training_half_life(day=DAY, premises=[]) == HalfLife(None, 0, 0)
