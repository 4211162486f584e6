"""Coverage through a year, from the rows that are kept."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.models import Area
from partners.register.models import Organisation, Premises
from partners.training.coverage.counting import coverage_together
from partners.training.coverage.figures import Coverage
from partners.training.enums import CoverageLevel
from partners.training.models import CoverageDay
from partners.training.rules import add_months

LEVELS = {
    Premises: CoverageLevel.PREMISES,
    Organisation: CoverageLevel.ORGANISATION,
    Area: CoverageLevel.AREA,
}


class Step(StrEnum):
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class LinePoint:
    """Coverage on a day; None when nothing is kept of it yet."""

    day: date
    coverage: Coverage | None


def coverage_line(
    subject: Premises | Organisation | Area | None,
    *,
    today: date,
    step: Step,
    now: Coverage | None = None,
) -> list[LinePoint]:
    """Return twelve months up to today, oldest first: 53 weeks or 13 months.

    Of a premises, an organisation, an area (a force with its districts), or with None
    of everybody. The last point is today's, counted now; the others are as the days
    ended. Two queries, whatever the size; one for whoever knows what today's is, `now`.
    """
    days = _days(today, step)
    level = LEVELS[type(subject)] if subject else CoverageLevel.EVERYBODY
    kept = _kept(level, subject.pk if subject else 0, days[:-1])
    points = [LinePoint(day, kept.get(day)) for day in days[:-1]]
    return [*points, LinePoint(today, now or _now(subject, today))]


def _days(today: date, step: Step) -> list[date]:
    if step == Step.WEEK:
        return [today - timedelta(weeks=number) for number in range(52, -1, -1)]
    return [add_months(today, -number) for number in range(12, -1, -1)]


def _kept(
    level: CoverageLevel, subject_id: int, days: list[date]
) -> dict[date, Coverage]:
    everybody = {"level": CoverageLevel.EVERYBODY, "subject_id": 0}
    rows = CoverageDay.objects.filter(day__in=days)
    own = rows.filter(level=level, subject_id=subject_id)
    # A day that is kept has a row for everybody; without one of ours, nobody was there.
    found: dict[date, Coverage] = {}
    for row in rows.filter(**everybody).union(own, all=True):
        is_own = (row.level, row.subject_id) == (level, subject_id)
        if is_own:
            found[row.day] = _figures(row)
        else:
            found.setdefault(row.day, Coverage())
    return found


def _figures(row: CoverageDay) -> Coverage:
    return Coverage(
        row.in_post,
        row.required,
        row.covered,
        row.in_grace,
        row.expired,
        row.never_trained,
    )


def _now(subject: Premises | Organisation | Area | None, today: date) -> Coverage:
    premises = Premises.objects.all()
    if isinstance(subject, Premises):
        premises = premises.filter(pk=subject.pk)
    elif isinstance(subject, Organisation):
        premises = premises.filter(organisation=subject)
    elif isinstance(subject, Area):
        areas = Area.objects.within([subject])
        premises = premises.filter(area__in=areas.values("pk"))
    return coverage_together(day=today, premises=premises)
