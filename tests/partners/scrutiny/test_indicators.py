from datetime import UTC, date, datetime, timedelta

import pytest

from partners.followups.enums import RetestState, TaskState
from partners.followups.models import FollowUpTask, Retest
from partners.followups.rules import LoopTime
from partners.scrutiny.indicators import Tasks, Turnover, board_figures
from partners.training.coverage import Coverage, HalfLife, Starters
from partners.visits.enums import Outcome, Step, VisitState
from partners.visits.models import Observation
from tests.factories.core import AreaFactory
from tests.factories.followups import GapRuleFactory
from tests.factories.learning import ModuleFactory
from tests.factories.register import PremisesFactory, SpellFactory
from tests.factories.training import CompletionFactory, RequirementFactory
from tests.factories.visits import ChecklistItemFactory, TestVisitFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 18)


def at(day, hour=12):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def released_visit(premises, outcome, day=DAY, **fields):
    return TestVisitFactory.create(
        premises=premises,
        state=VisitState.RELEASED,
        outcome=outcome,
        visited_on=day,
        submitted_at=at(day, 10),
        released_at=at(day, 15),
        **fields,
    )


def task_of(visit, *, due_on, opened, closed=None):
    item = ChecklistItemFactory.create(version=visit.checklist_version, step=Step.ASKED)
    observation = Observation.objects.create(visit=visit, item=item, result="no")
    rule = GapRuleFactory.create()
    return FollowUpTask.objects.create(
        premises=visit.premises,
        visit=visit,
        observation=observation,
        rule=rule,
        kind=rule.kind,
        owner=rule.owner,
        title=rule.title,
        why=rule.why,
        due_on=due_on,
        opened_at=at(opened),
        closed_at=at(closed) if closed else None,
        state=TaskState.VERIFIED if closed else TaskState.OPEN,
    )


def test_premises_count_from_joining_until_closing(area):
    for joined, closed in (
        (date(2025, 1, 1), None),
        (DAY, None),
        (DAY + timedelta(days=1), None),
        (date(2025, 1, 1), DAY),
        (date(2025, 1, 1), DAY + timedelta(days=1)),
    ):
        PremisesFactory.create(area=area, joined_on=joined, closed_on=closed)
    PremisesFactory.create(area=AreaFactory.create())

    figures = board_figures(day=DAY, areas=[area])

    assert (figures.premises, figures.premises_joined) == (3, 4)


def test_turnover_counts_a_year_to_the_day(area):
    premises = PremisesFactory.create(area=area)
    since = date(2025, 11, 19)
    for started, ended in (
        (since - timedelta(days=1), None),
        (since, DAY),
        (DAY, None),
        (date(2024, 1, 1), since),
        (date(2024, 1, 1), DAY + timedelta(days=1)),
    ):
        SpellFactory.create(premises=premises, started_on=started, ended_on=ended)
    SpellFactory.create(
        premises=premises, started_on=DAY, voided_at=at(DAY), void_reason="Wrong"
    )
    SpellFactory.create(started_on=DAY)

    figures = board_figures(day=DAY, areas=[area])

    assert figures.turnover == Turnover(since=since, starters=2, leavers=2)
    assert figures.coverage == Coverage(in_post=4)


def test_visits_count_first_visits_released_by_then(area):
    premises = PremisesFactory.create(area=area)
    for outcome in (Outcome.GOOD, Outcome.GOOD, Outcome.GAP, ""):
        first = released_visit(premises, outcome)
    released_visit(premises, Outcome.GOOD, retest_of=first)
    released_visit(premises, Outcome.GAP, day=DAY + timedelta(days=1))
    released_visit(premises, Outcome.GAP, day=DAY - timedelta(days=365))
    released_visit(PremisesFactory.create(), Outcome.GAP)
    TestVisitFactory.create(
        premises=premises,
        state=VisitState.SUBMITTED,
        outcome=Outcome.GAP,
        visited_on=DAY,
        submitted_at=at(DAY),
    )

    visits = board_figures(day=DAY, areas=[area]).visits

    assert [(share.outcome, share.count) for share in visits.shares] == [
        (Outcome.GOOD, 2),
        (Outcome.PARTLY, 0),
        (Outcome.GAP, 1),
    ]
    assert (visits.total, visits.unjudged, visits.retests) == (3, 1, 1)
    assert visits.is_small
    assert visits.shares[0].per_cent == 67
    assert visits.shares[0].is_too_few


def test_tasks_are_told_as_they_stood_on_the_day(area):
    visit = released_visit(PremisesFactory.create(area=area), Outcome.GAP)
    day = timedelta(days=1)
    task_of(visit, due_on=DAY, opened=DAY)
    checklists = [
        released_visit(visit.premises, Outcome.GAP, day=DAY - 40 * day)
        for _ in range(4)
    ]
    task_of(checklists[0], due_on=DAY - day, opened=DAY - 40 * day)
    task_of(checklists[1], due_on=DAY - day, opened=DAY - 40 * day, closed=DAY)
    task_of(checklists[2], due_on=DAY - day, opened=DAY - 40 * day, closed=DAY + day)
    task_of(checklists[3], due_on=DAY + 9 * day, opened=DAY + day)

    assert board_figures(day=DAY, areas=[area]).tasks == Tasks(
        opened=4, unfinished=3, overdue=2
    )


def test_loop_time_runs_from_the_visit_to_the_passed_retest(area):
    premises = PremisesFactory.create(area=area)
    for days in (30, 60):
        gap = released_visit(premises, Outcome.GAP, day=DAY - timedelta(days=100))
        closed = gap.visited_on + timedelta(days=days)
        Retest.objects.create(
            gap_visit=gap,
            decided_by_visit=released_visit(premises, Outcome.GOOD, day=closed),
            state=RetestState.PASSED,
            opens_on=closed,
            closes_on=closed,
            closed_on=closed,
        )
    waiting = released_visit(premises, Outcome.GAP, day=DAY - timedelta(days=10))
    Retest.objects.create(gap_visit=waiting)
    Retest.objects.create(gap_visit=released_visit(PremisesFactory.create(), "gap"))

    loop = board_figures(day=DAY, areas=[area]).loop

    assert loop == LoopTime(median_days=30, open=1, closed=2)


def test_an_empty_area_has_figures_too(area):
    figures = board_figures(day=DAY, areas=[area])

    assert (figures.premises, figures.coverage, figures.visits.shares) == (
        0,
        Coverage(),
        (),
    )
    assert figures.tasks == Tasks(0, 0, 0)
    assert figures.loop == LoopTime(None, 0, 0)
    assert figures.shows_parts


def test_training_beside_turnover_is_of_the_areas_alone(area):
    module = ModuleFactory.create()
    RequirementFactory.create(module=module, within_days=0)
    in_time, late = (
        SpellFactory.create(premises__area=area, started_on=DAY - timedelta(days=100))
        for _ in range(2)
    )
    SpellFactory.create(started_on=DAY - timedelta(days=100))
    for spell, days in ((in_time, 14), (late, 15)):
        CompletionFactory.create(
            staff_member=spell.staff_member,
            module=module,
            valid_from=spell.started_on + timedelta(days=days),
        )
    late.ended_on = DAY - timedelta(days=24)
    late.save()

    figures = board_figures(day=DAY, areas=[area])

    assert figures.starters_in_14 == Starters(asked=2, trained=1)
    assert figures.starters_in_30 == Starters(asked=2, trained=2)
    assert figures.half_life == HalfLife(months=2.0, trained=2, left=1)
