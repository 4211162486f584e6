"""Coverage of every premises on past days, and the manager's home as data grows.

`past-day` asks the function that the officers' list asks, counted from spells and
completions, not read from kept rows; `kept_ms` is the same read from those. The
baseline is the quicker of two statements written by hand for this question alone:
they know no seasons, no earlier rules, no parts. All give the same figures or the
benchmark fails.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from campaigns.learning.loading import load_modules
from partners.register.models import ManagerLink, Premises
from partners.training.coverage import Coverage, coverage_by_premises
from partners.training.enums import CoverageLevel
from partners.training.loading import load_requirements
from partners.training.models import Completion, CoverageDay
from tests.benchmarks.coverage_world import SMALL, WHOLE, add_people, make_places
from tests.benchmarks.harness import HOST, Case
from tests.factories.accounts import UserFactory

NEEDS_POSTGRESQL = True
DAYS_AGO = (1, 90, 200, 365)
ROUNDS = 7
TIMES = 25

type Figures = dict[int, Coverage]

HELD_FIRST = """
WITH held AS (
    SELECT staff_member_id, module_id, max(valid_until) AS valid_until
      FROM training_completion WHERE valid_from <= %(day)s GROUP BY 1, 2
), judged AS (
    SELECT spell.premises_id, spell.staff_member_id,
           min(CASE WHEN req.id IS NULL THEN NULL
                    WHEN held.valid_until >= %(day)s THEN 3
                    WHEN greatest(spell.started_on, req.starts_on) + req.within_days
                         >= %(day)s THEN 2
                    WHEN held.valid_until IS NULL THEN 0 ELSE 1 END) AS state
      FROM register_spell spell
      JOIN register_premises place ON place.id = spell.premises_id
      LEFT JOIN (training_requirementrole wanted
            JOIN training_requirement req ON req.id = wanted.requirement_id
             AND req.starts_on <= %(day)s
             AND (req.ends_on IS NULL OR req.ends_on >= %(day)s))
        ON wanted.role = spell.role
       AND (req.premises_kind = '' OR req.premises_kind = place.kind)
      LEFT JOIN held ON held.staff_member_id = spell.staff_member_id
       AND held.module_id = req.module_id
     WHERE spell.voided_at IS NULL AND spell.started_on <= %(day)s
       AND (spell.ended_on IS NULL OR spell.ended_on >= %(day)s)
     GROUP BY 1, 2
)
SELECT premises_id, count(*), count(state), count(*) FILTER (WHERE state = 3),
       count(*) FILTER (WHERE state = 2), count(*) FILTER (WHERE state = 1),
       count(*) FILTER (WHERE state = 0)
  FROM judged GROUP BY 1
"""
# The same, but completions are looked up one person at a time.
HELD_EACH = HELD_FIRST.replace(
    HELD_FIRST[HELD_FIRST.index("held AS (") : HELD_FIRST.index("judged AS (")], ""
).replace(
    "LEFT JOIN held ON held.staff_member_id = spell.staff_member_id\n"
    "       AND held.module_id = req.module_id",
    "LEFT JOIN LATERAL (SELECT max(valid_until) AS valid_until\n"
    "        FROM training_completion done\n"
    "       WHERE done.staff_member_id = spell.staff_member_id\n"
    "         AND done.module_id = req.module_id\n"
    "         AND done.valid_from <= %(day)s) held ON true",
)


def cases() -> Iterator[Case]:
    now = timezone.now()
    today = timezone.localdate(now)
    load_modules(now=now)
    load_requirements(now, starts_on=today - timedelta(days=800))
    make_places(today)
    home = _home()
    add_people(SMALL, today)
    small = _cost(home)
    add_people(WHOLE, today)
    large = _cost(home)
    yield _past_day(today)
    yield Case(
        case="growth",
        ratio=small / large,
        baseline="the same manager's home with a tenth of the data",
        figures={
            "small_ms": small * 1000,
            "large_ms": large * 1000,
            "premises": Premises.objects.count(),
            "completions": Completion.objects.count(),
            "kept_days": CoverageDay.objects.count(),
        },
    )


def _past_day(today: date) -> Case:
    """Take turns, so that a busy moment of the machine falls on all."""
    askers: dict[str, Callable[[date], Figures]] = {
        "ours": _ours,
        "held_first": lambda day: _by_hand(HELD_FIRST, day),
        "held_each": lambda day: _by_hand(HELD_EACH, day),
        "kept": _kept,
    }
    seconds: dict[str, list[float]] = {name: [] for name in askers}
    for ago in DAYS_AGO:
        day = today - timedelta(days=ago)
        _refuse_difference(askers, day)
        for _ in range(ROUNDS):
            for name, ask in askers.items():
                seconds[name].append(_time(ask, day))
    median = {name: statistics.median(each) for name, each in seconds.items()}
    by_hand = min(median["held_first"], median["held_each"])
    return Case(
        case="past-day",
        ratio=by_hand / median["ours"],
        baseline="the quicker of two statements written by hand",
        figures={
            **{f"{name}_ms": value * 1000 for name, value in median.items()},
            "in_post": sum(one.in_post for one in _ours(today).values()),
            "premises": Premises.objects.count(),
            "completions": Completion.objects.count(),
        },
    )


def _ours(day: date) -> Figures:
    return coverage_by_premises(day=day, premises=Premises.objects.all())


def _by_hand(sql: str, day: date) -> Figures:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"day": day})
        return {place: Coverage(*counts) for place, *counts in cursor.fetchall()}


def _kept(day: date) -> Figures:
    rows = CoverageDay.objects.filter(level=CoverageLevel.PREMISES, day=day)
    return {
        place: Coverage(*counts)
        for place, *counts in rows.values_list(
            "subject_id",
            *("in_post", "required", "covered", "in_grace", "expired", "never_trained"),
        )
    }


def _refuse_difference(askers: dict[str, Callable[[date], Figures]], day: date) -> None:
    expected = _ours(day)
    for name in ("held_first", "held_each"):
        if askers[name](day) != expected:
            raise RuntimeError(f"{name} gives other figures for {day}.")


def _time(ask: Callable[..., Any], *arguments: Any) -> float:
    started = time.perf_counter()
    ask(*arguments)
    return time.perf_counter() - started


def _home() -> Callable[[], None]:
    """Return a function that opens the home of one manager."""
    premises = Premises.objects.filter(spells__isnull=True).order_by("pk")[0]
    manager = UserFactory.create()
    ManagerLink.objects.create(
        user=manager, premises=premises, started_at=timezone.now()
    )
    client = Client(headers={"host": HOST})
    client.force_login(
        manager, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    path = f"/partners/{premises.key}/"

    def open_home() -> None:
        answer = client.get(path, secure=True)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}.")

    return open_home


def _cost(home: Callable[[], None]) -> float:
    """Return the least median of some rounds: other work only ever adds to it."""
    _time(home)
    return min(
        statistics.median(_time(home) for _ in range(TIMES)) for _ in range(ROUNDS)
    )
