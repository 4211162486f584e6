"""The one definition of coverage, in SQL. Runs on SQLite and on PostgreSQL.

A requirement meets a person through an open spell: role, shift, kind of premises, area
(or the force it lies in) and day must match; who works changing shifts works each. For
each person and required module the database keeps the day it is due, the last day of
the newest completion so far, and the last day of grace. A completion belongs to the
person, at whatever premises it was made; one that was withdrawn never was.

The module is due `within_days` after the start of the spell or, for people in post when
it was first required of their role, after that day. Who starts in the last days of a
season may have until the next season ends. Grace runs from the day it is due or from
the end of the newest completion, whichever is later. Where two requirements ask for one
module, the nearer due day and the fewer days of grace hold. One module is

    valid    the last day is the day or later
    grace    not valid, and the last day of grace is the day or later
    never    not valid, beyond grace, and never completed
    expired  not valid, beyond grace, completed before

and a person stands as badly as the worst required module, in the order never, expired,
grace, valid. Each person counts once for each level, part and day.
"""

from typing import NamedTuple

# The few words in which the databases differ. Days are text on SQLite.
WORDS = {
    "sqlite": {
        "day": "%s",
        "greatest": "max",
        "later": "date({day}, '+' || ({days}) || ' days')",
        "season_end": (
            "(CAST(substr(post.started_on, 1, 4) AS INTEGER)"
            " + (substr(post.started_on, 6) > req.season_closes) + {years})"
            " || '-' || req.season_closes"
        ),
    },
    "postgresql": {
        "day": "%s::date",
        "greatest": "greatest",
        "later": "({day} + ({days}))",
        "season_end": (
            "make_date(extract(year FROM post.started_on)::int"
            " + (to_char(post.started_on, 'MM-DD') > req.season_closes)::int + {years},"
            " left(req.season_closes, 2)::int, right(req.season_closes, 2)::int)"
        ),
    },
}


class Level(NamedTuple):
    """What people are counted by: an expression over a premises and its area."""

    key: str
    joined: str = ""


PREMISES = Level("place.id")
ORGANISATION = Level("place.organisation_id")
# A district, and the force it lies in.
AREA = Level(
    "circle.id", "JOIN core_area circle ON circle.id IN (area.id, area.parent_id)"
)
TOGETHER = Level("0")


class Rules(NamedTuple):
    """Where the rules are read: in their tables, or beside what somebody plans.

    `given` are queries that stand before the rest and ask for values of their own;
    `meant` the keys of the versions that a question is about.
    """

    given: str = ""
    requirements: str = "training_requirement"
    roles: str = "training_requirementrole"
    meant: str = "0"


AS_THEY_ARE = Rules()

# CROSS JOIN, and naming `scope` only once, keep SQLite from reading the spells of every
# premises when a few are asked for; PostgreSQL chooses its own order all the same.
SCOPE = """
WITH scope AS (
    SELECT {level.key} AS level, place.id, place.kind, place.area_id, area.parent_id
      FROM register_premises place
      JOIN core_area area ON area.id = place.area_id
      {level.joined}
     WHERE place.id IN ({premises})
),"""

IN_POST = """
days(on_day) AS (VALUES {days}),
post AS (
    SELECT scope.level, {part} AS part, days.on_day, spell.staff_member_id AS person,
           spell.role, spell.shift, spell.started_on,
           scope.kind, scope.area_id, scope.parent_id
      FROM days CROSS JOIN scope CROSS JOIN register_spell spell
     WHERE spell.premises_id = scope.id
       AND spell.voided_at IS NULL
       AND spell.started_on <= days.on_day
       AND (spell.ended_on IS NULL OR spell.ended_on >= days.on_day)
       AND {person}
),"""

# Who came between two days and was still there so many days later, judged on that day.
# Somebody who only changes role, or comes back without a gap, does not start.
STARTERS = """
days(first_day, last_day) AS (VALUES {days_pair}),
begun AS (
    SELECT scope.level, spell.staff_member_id AS person, spell.role, spell.shift,
           spell.started_on, spell.ended_on, spell.premises_id,
           scope.kind, scope.area_id, scope.parent_id,
           {judged_on} AS on_day
      FROM days CROSS JOIN scope CROSS JOIN register_spell spell
     WHERE spell.premises_id = scope.id
       AND spell.voided_at IS NULL
       AND spell.started_on BETWEEN days.first_day AND days.last_day
),
post AS (
    SELECT begun.level, '' AS part, begun.on_day, begun.person,
           begun.role, begun.shift, begun.started_on,
           begun.kind, begun.area_id, begun.parent_id
      FROM begun
     WHERE (begun.ended_on IS NULL OR begun.ended_on >= begun.on_day)
       AND {person}
       AND NOT EXISTS (
           SELECT 1 FROM register_spell earlier
            WHERE earlier.staff_member_id = begun.person
              AND earlier.premises_id = begun.premises_id
              AND earlier.voided_at IS NULL
              AND earlier.started_on < begun.started_on
              AND (earlier.ended_on IS NULL
                   OR {day_after} >= begun.started_on)
       )
),"""

# Who was in post under earlier rules keeps the days those gave, see `counts_from`.
JUDGED = """
{rules.given}asked AS (
    SELECT post.level, post.part, post.on_day, post.person, req.id AS requirement,
           req.module_id AS module, req.starts_on AS rules_since,
           {greatest}({first_due}, coalesce({late_due}, {first_due})) AS due_on,
           req.grace_days,
           coalesce(req.earlier_grace_days, req.grace_days) AS earlier_grace_days
      FROM post
      JOIN {rules.roles} wanted ON wanted.role = post.role
      JOIN {rules.requirements} req ON req.id = wanted.requirement_id
     WHERE req.starts_on <= post.on_day
       AND (req.ends_on IS NULL OR req.ends_on >= post.on_day)
       AND req.premises_kind IN ('', post.kind)
       AND (req.shift IN ('', post.shift) OR post.shift = 'mixed')
       AND (req.area_id IS NULL OR req.area_id IN (post.area_id, post.parent_id))
),
need AS (
    SELECT level, part, on_day, person, module,
           min(due_on) AS due_on, max(rules_since) AS rules_since,
           min(grace_days) AS grace_days, min(earlier_grace_days) AS earlier_grace_days
      FROM asked GROUP BY 1, 2, 3, 4, 5
),
held AS (
    SELECT need.level, need.part, need.on_day, need.person, need.module, need.due_on,
           need.rules_since, need.grace_days, need.earlier_grace_days,
           max(done.valid_until) AS valid_until
      FROM need
      LEFT JOIN training_completion done
        ON done.staff_member_id = need.person AND done.module_id = need.module
       AND done.valid_from <= need.on_day
       AND NOT EXISTS (
           SELECT 1 FROM training_completionwithdrawal wrong
            WHERE wrong.completion_id = done.id
       )
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
),
dated AS (
    SELECT held.*, {greatest}(due_on, coalesce(valid_until, due_on)) AS grace_from
      FROM held
),
judged AS (
    SELECT level, part, on_day, person, module, due_on, valid_until,
           {grace_until} AS grace_until,
           CASE WHEN valid_until >= on_day THEN 3
                WHEN {grace_until} >= on_day THEN 2
                WHEN valid_until IS NULL THEN 0
                ELSE 1 END AS state
      FROM dated
),
person AS (
    SELECT level, part, on_day, person, min(state) AS state
      FROM judged GROUP BY 1, 2, 3, 4
)
"""

COUNTS = """,
present AS (
    SELECT level, part, on_day, count(DISTINCT person) AS in_post
      FROM post GROUP BY 1, 2, 3
),
counted AS (
    SELECT level, part, on_day, count(*) AS required,
           sum(CASE WHEN state = 3 THEN 1 ELSE 0 END) AS covered,
           sum(CASE WHEN state = 2 THEN 1 ELSE 0 END) AS in_grace,
           sum(CASE WHEN state = 1 THEN 1 ELSE 0 END) AS expired,
           sum(CASE WHEN state = 0 THEN 1 ELSE 0 END) AS never_trained
      FROM person GROUP BY 1, 2, 3
)
SELECT present.level, present.part, present.on_day, present.in_post,
       coalesce(counted.required, 0), coalesce(counted.covered, 0),
       coalesce(counted.in_grace, 0), coalesce(counted.expired, 0),
       coalesce(counted.never_trained, 0)
  FROM present
  LEFT JOIN counted
    ON counted.level = present.level AND counted.part = present.part
   AND counted.on_day = present.on_day
"""

NEEDS = """,
present AS (SELECT DISTINCT level, person FROM post)
SELECT present.person, judged.module, module.title, judged.state,
       judged.due_on, judged.valid_until, judged.grace_until
  FROM present
  LEFT JOIN judged
    ON judged.level = present.level AND judged.person = present.person
  LEFT JOIN learning_module module ON module.id = judged.module
 ORDER BY present.person, judged.due_on, judged.module
"""

STARTED = """
SELECT level, count(*) AS asked, sum(CASE WHEN state = 3 THEN 1 ELSE 0 END) AS trained
  FROM person GROUP BY 1
"""

ASKING = """
SELECT DISTINCT requirement FROM asked WHERE module = %s
"""

# A row for each thing that is known of a person; whoever asks puts them together.
EACH_PERSON = """
SELECT level, part, on_day, person, state, 0 AS is_meant FROM person
 UNION ALL
SELECT level, part, on_day, person, NULL, 1 FROM asked
 WHERE requirement IN ({rules.meant})
"""


def statement(
    vendor: str,
    question: str,
    *,
    premises: str,
    level: Level = PREMISES,
    part: str = "''",
    person: str = "1 = 1",
    post: str = IN_POST,
    days: int = 1,
    after_days: int = 0,
    rules: Rules = AS_THEY_ARE,
) -> str:
    """Fill in the blanks.

    Values are asked for in this order: premises, days, person, rules.

    `premises` is a query for keys; `part` an expression over `spell`; `days` says how
    many days are given, for starters the first and the last; `after_days` when they
    are judged.
    """
    words = WORDS[vendor]
    return f"{SCOPE}{post}{JUDGED}{question}".format(
        level=level,
        rules=rules,
        premises=premises,
        part=part,
        person=person,
        days=", ".join([f"({words['day']})"] * days),
        days_pair=f"({words['day']}, {words['day']})",
        judged_on=words["later"].format(day="spell.started_on", days=after_days),
        day_after=words["later"].format(day="earlier.ended_on", days=1),
        greatest=words["greatest"],
        first_due=_first_due(words),
        late_due=_late_due(words),
        grace_until=words["later"].format(
            day="grace_from",
            days="CASE WHEN grace_from < rules_since"
            " THEN earlier_grace_days ELSE grace_days END",
        ),
    )


def _first_due(words: dict[str, str]) -> str:
    begins = "post.started_on, coalesce(wanted.counts_from, req.starts_on)"
    return words["later"].format(
        day=f"{words['greatest']}({begins})",
        days="CASE WHEN wanted.counts_from IS NOT NULL"
        " AND post.started_on < req.starts_on"
        " THEN coalesce(req.earlier_within_days, req.within_days)"
        " ELSE req.within_days END",
    )


def _late_due(words: dict[str, str]) -> str:
    """Write the end of the season after the one in whose last days somebody starts."""
    this_end = words["season_end"].format(years=0)
    next_end = words["season_end"].format(years=1)
    past_end = words["later"].format(
        day="post.started_on", days="req.late_starter_days"
    )
    return (
        f"CASE WHEN req.late_starters = 'next' AND {past_end} > {this_end}"
        f" THEN {next_end} END"
    )
