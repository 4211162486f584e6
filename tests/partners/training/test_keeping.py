import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from core.enums import AreaKind
from partners.register.services import mark_left, void_spell
from partners.training import tasks
from partners.training.coverage import Coverage, LinePoint, Step, coverage_line
from partners.training.day_rows import FIGURES
from partners.training.enums import CoverageLevel
from partners.training.models import CoverageCorrection, CoverageDay
from partners.training.services import (
    complete_module,
    correct_days,
    differences,
    keep_coverage,
    keeping,
    kept_days,
)
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.learning import ModuleVersionFactory
from tests.factories.register import PremisesFactory, SpellFactory
from tests.factories.training import AttemptFactory, RequirementFactory

TODAY = datetime.date(2026, 11, 18)
NOON = datetime.datetime(2026, 11, 18, 12, tzinfo=datetime.UTC)
ONE_DAY = datetime.timedelta(days=1)
NEVER = Coverage(1, 1, never_trained=1)
pytestmark = pytest.mark.django_db


def days(number):
    return datetime.timedelta(days=number)


@pytest.fixture
def place():
    """Return a premises that joined ten days ago, in a district of a force."""
    force = AreaFactory.create(kind=AreaKind.FORCE)
    return PremisesFactory.create(
        area=AreaFactory.create(parent=force), joined_on=TODAY - days(10)
    )


@pytest.fixture
def spell(place):
    RequirementFactory.create(within_days=0)
    return SpellFactory.create(premises=place, started_on=TODAY - days(5))


def kept(level=CoverageLevel.PREMISES):
    rows = CoverageDay.objects.filter(level=level).order_by("day")
    return [(row.day, row.in_post, row.never_trained) for row in rows]


def snapshot():
    names = ("level", "subject_id", "day", *FIGURES)
    return set(CoverageDay.objects.values_list(*names))


def test_days_that_are_over_are_kept_at_every_level(spell, place):
    keep_coverage(today=TODAY)

    assert kept_days() == (TODAY - days(10), TODAY - ONE_DAY)
    since_start = [(TODAY - days(ago), 1, int(ago < 5)) for ago in range(5, 0, -1)]
    assert kept() == since_start
    assert kept(CoverageLevel.ORGANISATION) == since_start
    areas = {
        row.subject_id for row in CoverageDay.objects.filter(level=CoverageLevel.AREA)
    }
    assert areas == {place.area_id, place.area.parent_id}
    assert kept(CoverageLevel.EVERYBODY)[:5] == [
        (TODAY - days(ago), 0, 0) for ago in range(10, 5, -1)
    ]


def test_second_run_leaves_the_same_rows(spell):
    keep_coverage(today=TODAY)
    once = snapshot()

    keep_coverage(today=TODAY)

    assert snapshot() == once


def test_next_run_adds_the_days_since(spell):
    keep_coverage(today=TODAY - days(2))

    keep_coverage(today=TODAY)

    assert [day for day, *_ in kept()] == [TODAY - days(ago) for ago in (5, 4, 3, 2, 1)]


def test_killed_run_is_finished_by_the_next(spell, monkeypatch):
    keep_coverage(today=TODAY)
    undisturbed = snapshot()
    CoverageDay.objects.all().delete()
    write, calls = keeping._write, []

    def killed_in_the_second(batch, **options):
        calls.append(batch)
        write(batch, **options)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(keeping, "_write", killed_in_the_second)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        keep_coverage(today=TODAY)
    assert snapshot() == set()
    calls.clear()
    monkeypatch.setattr(keeping, "DAYS_AT_ONCE", 20)
    keep_coverage(today=TODAY)

    assert snapshot() == undisturbed


def test_run_killed_while_correcting_starts_the_corrections_again(spell, monkeypatch):
    keep_coverage(today=TODAY)
    void_spell(spell=spell, reason="Wrong", actor=UserFactory.create(), now=NOON)
    write = keeping._write

    def killed(batch, **options):
        write(batch, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(keeping, "_write", killed)
    with pytest.raises(KeyboardInterrupt):
        keep_coverage(today=TODAY)
    waiting = CoverageCorrection.objects.count()
    monkeypatch.setattr(keeping, "_write", write)
    keep_coverage(today=TODAY)

    assert waiting == 1
    assert kept() == []
    assert CoverageCorrection.objects.count() == 0


def test_late_corrections_count_the_affected_days_again(spell, place):
    keep_coverage(today=TODAY)
    mark_left(
        spell=spell, last_day=TODAY - days(3), actor=UserFactory.create(), now=NOON
    )
    correction = CoverageCorrection.objects.get()

    keep_coverage(today=TODAY)

    assert (correction.premises, correction.first_day) == (place, TODAY - days(2))
    assert [day for day, *_ in kept()] == [TODAY - days(ago) for ago in (5, 4, 3)]
    assert [one for _, one, _ in kept(CoverageLevel.AREA)] == [1] * 6
    found = differences(first=TODAY - days(10), last=TODAY - ONE_DAY)
    assert list(found) == []


def test_change_from_tomorrow_on_corrects_nothing(place):
    correct_days({place.pk: TODAY + ONE_DAY}, today=TODAY)
    correct_days({place.pk: TODAY}, today=TODAY)

    assert [one.first_day for one in CoverageCorrection.objects.all()] == [TODAY]


def test_completion_corrects_wherever_the_person_is_in_post(spell, place):
    elsewhere = SpellFactory.create(
        staff_member=spell.staff_member, premises=PremisesFactory.create()
    )
    attempt = AttemptFactory.create(
        staff_member=spell.staff_member, version=ModuleVersionFactory.create()
    )

    complete_module(attempt=attempt, now=NOON)

    noted = CoverageCorrection.objects.values_list("premises", "first_day")
    assert set(noted) == {(place.pk, TODAY), (elsewhere.premises_id, TODAY)}


def test_nothing_is_kept_before_anybody_joined():
    tasks.keep_coverage.call()

    assert (kept_days(), CoverageDay.objects.count()) == (None, 0)


def test_rebuilding_repairs_and_comparing_only_tells(spell):
    keep_coverage(today=TODAY)
    right = snapshot()
    CoverageDay.objects.filter(day=TODAY - days(2)).update(in_post=7)
    CoverageDay.objects.filter(day=TODAY - days(3)).exclude(
        level=CoverageLevel.EVERYBODY
    ).delete()
    wrong = snapshot()
    told = StringIO()

    with pytest.raises(CommandError, match="9 rows differ"):
        call_command("rebuild_coverage", "--compare", stdout=told)
    assert snapshot() == wrong
    assert f"{TODAY - days(2)} everybody 0: kept (7, 1," in told.getvalue()
    call_command("rebuild_coverage", stdout=told)
    call_command("rebuild_coverage", "--compare", stdout=told)

    assert snapshot() == right
    assert "Kept is what is counted" in told.getvalue()


def test_rebuilding_keeps_to_the_days_that_are_kept(spell):
    told = StringIO()
    call_command("rebuild_coverage", stdout=told)
    keep_coverage(today=TODAY)

    call_command("rebuild_coverage", "--from", "2020-01-01", stdout=told)
    with pytest.raises(CommandError, match="Kept are the days"):
        call_command("rebuild_coverage", "--from", str(TODAY))

    assert told.getvalue().splitlines() == [
        "No day is kept yet.",
        f"Counted anew: {TODAY - days(10)} to {TODAY - ONE_DAY}.",
    ]


@pytest.mark.parametrize("of", ("premises", "organisation", "force", "everybody"))
def test_line_is_twelve_months_in_two_queries(
    of, spell, place, django_assert_num_queries
):
    subject = {
        "premises": place,
        "organisation": place.organisation,
        "force": place.area.parent,
        "everybody": None,
    }[of]
    keep_coverage(today=TODAY)

    with django_assert_num_queries(2):
        weeks = coverage_line(subject, today=TODAY, step=Step.WEEK)
    months = coverage_line(subject, today=TODAY, step=Step.MONTH)
    with django_assert_num_queries(1):
        again = coverage_line(subject, today=TODAY, step=Step.WEEK, now=NEVER)

    assert again == weeks
    assert weeks[-2:] == [
        LinePoint(TODAY - days(7), Coverage()),
        LinePoint(TODAY, NEVER),
    ]
    assert [len(weeks), weeks[0]] == [53, LinePoint(TODAY - days(364), None)]
    assert [len(months), months[0]] == [
        13,
        LinePoint(datetime.date(2025, 11, 18), None),
    ]
