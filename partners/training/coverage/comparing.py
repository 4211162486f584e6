"""Coverage by the rules as they are and as planned: the statement, asked twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from partners.training.coverage.asking import Places, as_day, scope_of
from partners.training.coverage.counting import Part
from partners.training.coverage.figures import STATES, Coverage
from partners.training.coverage.planned import Version, rules_with
from partners.training.coverage.statement import (
    AS_THEY_ARE,
    EACH_PERSON,
    PREMISES,
    TOGETHER,
    Level,
    statement,
)
from partners.training.enums import TrainingState

# The statement numbers the states from worst to best.
OVERDUE = {
    STATES.index(TrainingState.NEVER_TRAINED),
    STATES.index(TrainingState.EXPIRED),
}

# One row for each person whom the rules in question are for, with the state by both
# rules; empty where nothing is required by these.
SIDE_BY_SIDE = """
SELECT level, part, on_day, person,
       min(CASE WHEN side = 0 THEN state END) AS state_now,
       min(CASE WHEN side = 1 THEN state END) AS state_then
  FROM (SELECT 0 AS side, told.* FROM ({now}) told
         UNION ALL
        SELECT 1 AS side, told.* FROM ({then}) told) told
 GROUP BY 1, 2, 3, 4 HAVING max(is_meant) = 1
"""
COUNTED = """
SELECT part, on_day, state_now, state_then, count(*)
  FROM ({side_by_side}) people GROUP BY 1, 2, 3, 4
"""
# The statement numbers the states from worst to best: overdue are 0 and 1.
MOST = """
SELECT level, count(*) AS meant,
       sum(CASE WHEN state_now < 2 THEN 1 ELSE 0 END) AS overdue_now,
       sum(CASE WHEN state_then < 2 THEN 1 ELSE 0 END) AS overdue_then,
       sum(CASE WHEN state_then < 2 AND coalesce(state_now, 3) >= 2
                THEN 1 ELSE 0 END) AS newly_overdue,
       count(*) OVER () AS premises
  FROM ({side_by_side}) people GROUP BY level
 ORDER BY newly_overdue DESC, meant DESC, level LIMIT %s
"""


@dataclass(frozen=True)
class Effect:
    """How people whom the rules are for stand on a day: as it is, and as planned.

    Each stands as badly as the worst of all that is required of them.
    """

    now: Coverage
    then: Coverage
    changed: int = 0
    newly_overdue: int = 0
    no_longer_overdue: int = 0

    @property
    def meant(self) -> int:
        return self.then.in_post


class Struck(NamedTuple):
    """One premises: people the rules are for, and those of them who are overdue."""

    premises_id: int
    meant: int
    overdue_now: int
    overdue_then: int
    newly_overdue: int


class MostStruck(NamedTuple):
    shown: list[Struck]
    # How many there are in all, with those that are not listed.
    number: int


class _People(NamedTuple):
    """So many people who stand alike; a state is None where nothing is required."""

    now: int | None
    then: int | None
    number: int


def effect_by_days(
    versions: Sequence[Version], *, days: Sequence[date], premises: Places
) -> dict[date, Effect]:
    """Return the effect on each day of these premises together; people count once."""
    people = defaultdict(list)
    for _, day, *alike in _rows(COUNTED, versions, days=days, premises=premises):
        people[as_day(day)].append(_People(*alike))
    return {day: _effect(people[day]) for day in days}


def effect_by_roles(
    versions: Sequence[Version], *, day: date, premises: Places
) -> dict[str, Effect]:
    """Return the effect by role. A person in two stands in both."""
    people = defaultdict(list)
    for role, _, *alike in _rows(
        COUNTED, versions, days=[day], premises=premises, part=Part.ROLE.value
    ):
        people[role].append(_People(*alike))
    return {role: _effect(groups) for role, groups in people.items()}


def most_struck(
    versions: Sequence[Version], *, day: date, premises: Places, limit: int
) -> MostStruck:
    """Return the premises where most people would become overdue."""
    rows = _rows(
        MOST, versions, days=[day], premises=premises, level=PREMISES, limit=[limit]
    )
    return MostStruck(
        [Struck(*map(int, figures)) for *figures, _ in rows],
        int(rows[0][-1]) if rows else 0,
    )


def _rows(
    question: str,
    versions: Sequence[Version],
    *,
    days: Sequence[date],
    premises: Places,
    level: Level = TOGETHER,
    part: str = "''",
    limit: Sequence[int] = (),
) -> list[tuple[Any, ...]]:
    scope = scope_of(premises)
    if scope is None:
        return []
    planned, planned_values = rules_with(versions)
    now, then = (
        statement(
            connection.vendor,
            EACH_PERSON,
            premises=scope[0],
            level=level,
            part=part,
            days=len(days),
            rules=rules,
        )
        for rules in (AS_THEY_ARE._replace(meant=planned.meant), planned)
    )
    sql = question.format(side_by_side=SIDE_BY_SIDE.format(now=now, then=then))
    on_days = [connection.ops.adapt_datefield_value(day) for day in days]
    given = [*scope[1], *on_days]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*given, *given, *planned_values, *limit])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _effect(groups: Iterable[_People]) -> Effect:
    now: Counter[int | None] = Counter()
    then: Counter[int | None] = Counter()
    told: Counter[str] = Counter()
    for group in groups:
        now[group.now] += group.number
        then[group.then] += group.number
        was, would_be = group.now in OVERDUE, group.then in OVERDUE
        told["changed"] += group.number * (group.now != group.then)
        told["newly_overdue"] += group.number * (would_be and not was)
        told["no_longer_overdue"] += group.number * (was and not would_be)
    return Effect(_coverage(now), _coverage(then), **told)


def _coverage(people: Counter[int | None]) -> Coverage:
    in_state = {state: people[number] for number, state in enumerate(STATES)}
    return Coverage(
        in_post=people.total(),
        required=people.total() - people[None],
        covered=in_state[TrainingState.VALID],
        in_grace=in_state[TrainingState.IN_GRACE],
        expired=in_state[TrainingState.EXPIRED],
        never_trained=in_state[TrainingState.NEVER_TRAINED],
    )
