"""The figures of the board for a day. No premises and no person is in any of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from core.models import Area
from partners.followups.models import FollowUpTask, Retest
from partners.followups.rules import LoopTime, loop_time
from partners.register.models import Premises, Spell
from partners.scrutiny.rules import Share, is_small
from partners.training.coverage import (
    Coverage,
    HalfLife,
    Starters,
    coverage_total,
    starters_trained,
    training_half_life,
)
from partners.visits.enums import Outcome
from partners.visits.models import TestVisit


@dataclass(frozen=True)
class Turnover:
    """Posts begun and posts ended in the year up to the day."""

    since: date
    starters: int
    leavers: int


@dataclass(frozen=True)
class OutcomeShare(Share):
    outcome: Outcome


@dataclass(frozen=True)
class Visits:
    """First visits released in the year, the shares of their outcomes, and retests."""

    since: date
    total: int
    shares: tuple[OutcomeShare, ...]
    unjudged: int
    retests: int

    @property
    def is_small(self) -> bool:
        return is_small(self.total)


@dataclass(frozen=True)
class Tasks:
    opened: int
    unfinished: int
    overdue: int


@dataclass(frozen=True)
class BoardFigures:
    day: date
    premises: int
    premises_joined: int
    coverage: Coverage
    starters_in_14: Starters
    starters_in_30: Starters
    half_life: HalfLife
    turnover: Turnover
    visits: Visits
    tasks: Tasks
    loop: LoopTime

    @property
    def shows_parts(self) -> bool:
        """Say whether the parts of those not covered may be shown: all of them or none.

        One hidden part could be worked out from the others and their sum.
        """
        parts = (
            self.coverage.in_grace,
            self.coverage.expired,
            self.coverage.never_trained,
        )
        return not any(is_small(part) for part in parts)


def board_figures(*, day: date, areas: Sequence[Area]) -> BoardFigures:
    """Work out what was true at the end of the day, from the rows kept ever since."""
    premises, joined = _premises(day, areas)
    places = Premises.objects.filter(area__in=areas)
    return BoardFigures(
        day=day,
        premises=premises,
        premises_joined=joined,
        coverage=coverage_total(day=day, areas=areas),
        starters_in_14=starters_trained(day=day, premises=places, within_days=14),
        starters_in_30=starters_trained(day=day, premises=places, within_days=30),
        half_life=training_half_life(day=day, premises=places),
        turnover=_turnover(day, areas),
        visits=_visits(day, areas),
        tasks=_tasks(day, areas),
        loop=_loop(day, areas),
    )


def year_before(day: date) -> date:
    """Return the first of the 365 days that end with this one."""
    return day - timedelta(days=364)


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _premises(day: date, areas: Sequence[Area]) -> tuple[int, int]:
    """Count those taking part, and all that had ever joined."""
    still_there = Q(closed_on__isnull=True) | Q(closed_on__gt=day)
    counts = Premises.objects.filter(area__in=areas, joined_on__lte=day).aggregate(
        taking_part=Count("pk", filter=still_there), joined=Count("pk")
    )
    return counts["taking_part"], counts["joined"]


def _turnover(day: date, areas: Sequence[Area]) -> Turnover:
    since = year_before(day)
    spells = Spell.objects.filter(premises__area__in=areas)
    return Turnover(
        since=since,
        starters=spells.started_between(since, day).count(),
        leavers=spells.left_between(since, day).count(),
    )


def _visits(day: date, areas: Sequence[Area]) -> Visits:
    since = year_before(day)
    released = TestVisit.objects.counted().filter(
        premises__area__in=areas,
        visited_on__range=(since, day),
        released_at__lt=_end_of(day),
    )
    counts = Counter[str]()
    retests = 0
    for outcome, is_retest, n in (
        released.annotate(is_retest=Q(retest_of__isnull=False))
        .values_list("outcome", "is_retest")
        .annotate(n=Count("pk"))
        .order_by("outcome", "is_retest")
    ):
        if is_retest:
            retests += n
        else:
            counts[outcome] += n
    unjudged = counts.pop("", 0)
    total = counts.total()
    return Visits(
        since=since,
        total=total,
        shares=tuple(
            OutcomeShare(counts[one], total, one) for one in (Outcome if total else ())
        ),
        unjudged=unjudged,
        retests=retests,
    )


def _tasks(day: date, areas: Sequence[Area]) -> Tasks:
    tasks = FollowUpTask.objects.filter(premises__area__in=areas)
    return Tasks(
        opened=tasks.filter(opened_at__lt=_end_of(day)).count(),
        unfinished=tasks.open_on(day).count(),
        overdue=tasks.overdue_on(day).count(),
    )


def _loop(day: date, areas: Sequence[Area]) -> LoopTime:
    return loop_time(Retest.objects.in_areas(areas).loops(day), day)
