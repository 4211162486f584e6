"""How training keeps up with turnover: starters, nights, half-life."""

from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection

from core.survival import median_length
from partners.register.enums import Shift
from partners.register.models import Premises
from partners.training.coverage.asking import Places, rows_of, scope_of
from partners.training.coverage.counting import Part, coverage_parts
from partners.training.coverage.figures import Coverage
from partners.training.coverage.statement import STARTED, STARTERS, TOGETHER

DAYS_PER_MONTH = 365.25 / 12
AT_NIGHT = (Shift.NIGHT, Shift.MIXED)


class Starters(NamedTuple):
    """Of those who started and need training, how many were covered in time."""

    asked: int
    trained: int

    @property
    def per_cent(self) -> int | None:
        return self.trained * 100 // self.asked if self.asked else None


class HalfLife(NamedTuple):
    """Months until half of those trained have left; None while more than half stay."""

    months: float | None
    trained: int
    left: int


# One row for each length in days: people trained, and those of them who have left.
# `in_scope` keeps the days of a person at these premises, `since` the first training.
STAYED = """
WITH scope AS (SELECT id FROM register_premises WHERE id IN ({premises})),
in_scope AS (
    SELECT spell.staff_member_id AS person, min(spell.started_on) AS came_on,
           max(CASE WHEN spell.ended_on IS NULL OR spell.ended_on >= {day} THEN 1
                    ELSE 0 END) AS stays,
           max(spell.ended_on) AS left_on
      FROM scope CROSS JOIN register_spell spell
     WHERE spell.premises_id = scope.id
       AND spell.voided_at IS NULL
       AND spell.started_on <= {day}
     GROUP BY 1
),
trained AS (
    SELECT staff_member_id AS person, min(valid_from) AS trained_on
      FROM training_completion done
     WHERE valid_from <= {day}
       AND NOT EXISTS (
           SELECT 1 FROM training_completionwithdrawal wrong
            WHERE wrong.completion_id = done.id
       )
     GROUP BY 1
),
spans AS (
    SELECT in_scope.stays, {greatest}(came_on, trained_on) AS since,
           CASE WHEN stays = 1 THEN {day} ELSE left_on END AS until
      FROM in_scope JOIN trained ON trained.person = in_scope.person
)
SELECT {length} AS length, count(*), sum(1 - stays)
  FROM spans WHERE until >= since GROUP BY 1
"""
WORDS = {
    "sqlite": {
        "day": "%s",
        "greatest": "max",
        "length": "CAST(julianday(until) - julianday(since) AS INTEGER)",
    },
    "postgresql": {
        "day": "%s::date",
        "greatest": "greatest",
        "length": "until - since",
    },
}


def starters_trained(*, day: date, premises: Places, within_days: int) -> Starters:
    """Count starters of a year who were covered so many days after their first day.

    The year ends so many days before the day, so that everybody had the time. Who
    left earlier, who was there the day before, and who needs nothing is not asked.
    """
    last = day - timedelta(days=within_days)
    rows = rows_of(
        STARTED,
        premises=premises,
        days=[last - timedelta(days=364), last],
        level=TOGETHER,
        post=STARTERS,
        after_days=within_days,
    )
    return Starters(*map(int, rows[0][1:])) if rows else Starters(0, 0)


def nights_without_training(*, day: date, premises: Places) -> list[int]:
    """Return the keys of premises where nobody who works nights is covered.

    A premises has a night shift when it has a night desk or somebody in post works
    nights. Who works changing shifts works nights too. Where nobody of them needs
    training, nothing is amiss.
    """
    parts = coverage_parts(day=day, premises=premises, by=Part.SHIFT)
    desks = set(
        Premises.objects.filter(pk__in=parts, has_night_desk=True).values_list(
            "pk", flat=True
        )
    )
    return sorted(
        pk
        for pk, shifts in parts.items()
        if is_night_untrained(shifts, has_night_desk=pk in desks)
    )


def is_night_untrained(shifts: dict[str, Coverage], *, has_night_desk: bool) -> bool:
    """Say so from the coverage of each shift of one premises."""
    at_night = [shifts[shift] for shift in AT_NIGHT if shift in shifts]
    has_night_shift = has_night_desk or Shift.NIGHT in shifts
    return (
        has_night_shift
        and any(one.required for one in at_night)
        and not any(one.covered for one in at_night)
    )


def training_half_life(*, day: date, premises: Places) -> HalfLife:
    """Return the Kaplan-Meier median of how long people stay once they are trained.

    From the first completion of any module, or the first day at these premises when
    that is later, to the last day there; who is still there is censored on the day.
    """
    scope = scope_of(premises)
    if scope is None:
        return HalfLife(None, 0, 0)
    words = WORDS[connection.vendor]
    on = connection.ops.adapt_datefield_value(day)
    sql = STAYED.format(premises=scope[0], **words)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*scope[1], on, on, on, on])
        rows = [tuple(map(int, row)) for row in cursor.fetchall()]
    all_of = Counter({length: number for length, number, _ in rows})
    over = Counter({length: left for length, _, left in rows})
    days = median_length(over, all_of)
    months = None if days is None else round(days / DAYS_PER_MONTH, 1)
    return HalfLife(months, all_of.total(), over.total())
