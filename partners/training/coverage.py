"""Coverage of people in post on a day: the one definition, in SQL.

A requirement meets a person through an open spell: role, kind of premises, area (or the
force it lies in) and day must match. For each person and required module the database
keeps the day it is due (start of the spell or of the requirement, whichever is later,
plus the days of grace) and the last day of the newest completion so far; a completion
belongs to the person, at whatever premises it was made. One module is

    valid    the last day is today or later
    grace    not valid, and not due yet
    never    not valid, overdue, and never completed
    expired  not valid, overdue, completed before

and a person stands as badly as the worst required module, in the order never, expired,
grace, valid. Each person counts once per level. Runs on SQLite and on PostgreSQL.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Min, QuerySet

from core.models import Area
from partners.register.models import Premises, Spell, StaffMember
from partners.training.enums import TrainingState

STATES = (
    TrainingState.NEVER_TRAINED,
    TrainingState.EXPIRED,
    TrainingState.IN_GRACE,
    TrainingState.VALID,
)

DUE_ON = {
    "sqlite": (
        "date(max(post.started_on, req.starts_on), '+' || req.within_days || ' days')"
    ),
    "postgresql": "greatest(post.started_on, req.starts_on) + req.within_days",
}

# What people are counted by: their premises, or everybody as one group.
BY_PREMISES = "spell.premises_id"
TOGETHER = "0"
LEVELS = {
    BY_PREMISES: "SELECT id AS level FROM register_premises WHERE id IN ({premises})",
    TOGETHER: "SELECT 0 AS level",
}

# `state` indexes STATES. CROSS JOIN, and naming `scope` only once, keep SQLite from
# reading the spells of every premises when a few are asked for; PostgreSQL chooses its
# own order all the same.
PEOPLE = """
WITH scope AS (
    SELECT place.id, place.kind, place.area_id, area.parent_id
      FROM register_premises place
      JOIN core_area area ON area.id = place.area_id
     WHERE place.id IN ({premises})
),
post AS (
    SELECT {level} AS level, spell.staff_member_id AS person, spell.role,
           spell.started_on, scope.kind, scope.area_id, scope.parent_id
      FROM scope CROSS JOIN register_spell spell
     WHERE spell.premises_id = scope.id
       AND spell.voided_at IS NULL
       AND spell.started_on <= %s
       AND (spell.ended_on IS NULL OR spell.ended_on >= %s)
       AND {person}
),
need AS (
    SELECT post.level, post.person, req.module_id AS module,
           min({due_on}) AS due_on, min(req.valid_months) AS valid_months
      FROM post
      JOIN training_requirementrole wanted ON wanted.role = post.role
      JOIN training_requirement req ON req.id = wanted.requirement_id
     WHERE req.starts_on <= %s
       AND (req.ends_on IS NULL OR req.ends_on >= %s)
       AND req.premises_kind IN ('', post.kind)
       AND (req.area_id IS NULL OR req.area_id IN (post.area_id, post.parent_id))
     GROUP BY 1, 2, 3
),
held AS (
    SELECT need.level, need.person, need.module, need.due_on, need.valid_months,
           max(done.valid_until) AS valid_until
      FROM need
      LEFT JOIN training_completion done
        ON done.staff_member_id = need.person AND done.module_id = need.module
       AND done.valid_from <= %s
     GROUP BY 1, 2, 3, 4, 5
),
judged AS (
    SELECT held.*,
           CASE WHEN valid_until >= %s THEN 3
                WHEN due_on >= %s THEN 2
                WHEN valid_until IS NULL THEN 0
                ELSE 1 END AS state
      FROM held
),
person AS (
    SELECT level, person, min(state) AS state FROM judged GROUP BY 1, 2
)
"""

COUNTS = """,
present AS (
    SELECT level, count(DISTINCT person) AS in_post FROM post GROUP BY 1
),
wide AS ({levels}),
counted AS (
    SELECT level, count(*) AS required,
           sum(CASE WHEN state = 3 THEN 1 ELSE 0 END) AS covered,
           sum(CASE WHEN state = 2 THEN 1 ELSE 0 END) AS in_grace,
           sum(CASE WHEN state = 1 THEN 1 ELSE 0 END) AS expired,
           sum(CASE WHEN state = 0 THEN 1 ELSE 0 END) AS never_trained
      FROM person GROUP BY 1
)
SELECT wide.level, coalesce(present.in_post, 0), coalesce(counted.required, 0),
       coalesce(counted.covered, 0), coalesce(counted.in_grace, 0),
       coalesce(counted.expired, 0), coalesce(counted.never_trained, 0)
  FROM wide
  LEFT JOIN present ON present.level = wide.level
  LEFT JOIN counted ON counted.level = wide.level
"""

NEEDS = """,
present AS (SELECT DISTINCT level, person FROM post)
SELECT present.level, present.person, judged.module, module.title, judged.state,
       judged.due_on, judged.valid_until, judged.valid_months
  FROM present
  LEFT JOIN judged
    ON judged.level = present.level AND judged.person = present.person
  LEFT JOIN learning_module module ON module.id = judged.module
 ORDER BY present.person, judged.due_on, judged.module
"""


@dataclass(frozen=True)
class Coverage:
    """People in post, those of them who need training, and how these stand."""

    in_post: int = 0
    required: int = 0
    covered: int = 0
    in_grace: int = 0
    expired: int = 0
    never_trained: int = 0

    @property
    def per_cent(self) -> int | None:
        """Return the covered share, rounded down so that 100 means everybody."""
        return self.covered * 100 // self.required if self.required else None


@dataclass(frozen=True)
class Need:
    """One required module of one person."""

    module_id: int
    title: str
    state: TrainingState
    due_on: date
    valid_until: date | None
    valid_months: int


@dataclass
class PersonState:
    """How one person in post stands; `needs` lists the required modules."""

    staff_member_id: int
    needs: list[Need] = field(default_factory=list)

    @property
    def state(self) -> TrainingState:
        if not self.needs:
            return TrainingState.NOT_REQUIRED
        return min((need.state for need in self.needs), key=STATES.index)

    @property
    def missing(self) -> list[Need]:
        return [need for need in self.needs if need.state != TrainingState.VALID]

    @property
    def valid_until(self) -> date | None:
        """Return the last day on which everything required is valid, if it is."""
        days = [need.valid_until for need in self.needs if need.valid_until]
        return min(days) if days and not self.missing else None

    @property
    def due_on(self) -> date | None:
        return min((need.due_on for need in self.missing), default=None)


def coverage_by_premises(
    *, day: date, premises: QuerySet[Premises] | Iterable[Premises]
) -> dict[int, Coverage]:
    """Return the coverage of each premises on a day, those with nobody in post too."""
    rows = _rows(COUNTS, day, premises, level=BY_PREMISES)
    return {level: Coverage(*map(int, counts)) for level, *counts in rows}


def coverage_total(*, day: date, areas: Iterable[Area]) -> Coverage:
    """Return the coverage of these areas together: each person counts once."""
    premises = Premises.objects.filter(area__in=[area.pk for area in areas])
    rows = _rows(COUNTS, day, premises, level=TOGETHER)
    return Coverage(*map(int, rows[0][1:])) if rows else Coverage()


def people_states(*, premises: Premises, day: date) -> dict[int, PersonState]:
    """Return how each person in post at a premises stands, by the person's key."""
    return _states(_rows(NEEDS, day, [premises], level=BY_PREMISES))


def person_needs(*, staff_member: StaffMember, day: date) -> list[Need]:
    """Return what one person needs in all the posts held on a day.

    Someone who has not begun yet is shown as on the first day.
    """
    open_spells = Spell.objects.open_on_or_after(day).filter(staff_member=staff_member)
    first_day = open_spells.aggregate(first=Min("started_on"))["first"]
    if first_day is None:
        return []
    day = max(day, first_day)
    places = Premises.objects.filter(spells__staff_member=staff_member)
    rows = _rows(NEEDS, day, places, level=TOGETHER, staff_member=staff_member)
    return _states(rows)[staff_member.pk].needs


def _states(rows: list[tuple[Any, ...]]) -> dict[int, PersonState]:
    states: dict[int, PersonState] = {}
    for _, person, module, title, state, due_on, valid_until, months in rows:
        entry = states.setdefault(person, PersonState(person))
        if module is not None:
            until = _day(valid_until) if valid_until else None
            entry.needs.append(
                Need(module, title, STATES[state], _day(due_on), until, months)
            )
    return states


def _rows(
    question: str,
    day: date,
    premises: QuerySet[Premises] | Iterable[Premises],
    *,
    level: str,
    staff_member: StaffMember | None = None,
) -> list[tuple[Any, ...]]:
    if not isinstance(premises, QuerySet):
        premises = Premises.objects.filter(pk__in=[place.pk for place in premises])
    try:
        scope, scope_values = premises.values("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    sql = (PEOPLE + question).format(
        levels=LEVELS[level].format(premises=scope),
        premises=scope,
        level=level,
        person="spell.staff_member_id = %s" if staff_member else "1 = 1",
        due_on=DUE_ON[connection.vendor],
    )
    on = connection.ops.adapt_datefield_value(day)
    person = [staff_member.pk] if staff_member else []
    values = [*scope_values, on, on, *person, on, on, on, on, on]
    if question == COUNTS and level == BY_PREMISES:
        values += scope_values
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _day(value: date | str) -> date:
    """SQLite hands computed days over as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
