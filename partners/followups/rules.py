from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from core.survival import median_length
from partners.followups.enums import TRANSITIONS, TaskState

# Fewer people than this in a role, and naming the role would name the person.
SMALLEST_GROUP = 3


class Loop(NamedTuple):
    """From the day of a gap to the day its retest was passed, if it was."""

    found_on: date
    closed_on: date | None


class LoopTime(NamedTuple):
    """The headline measure: median days from gap to passed retest, with its counts."""

    median_days: int | None
    open: int
    closed: int


def can_move(task_state: str, to: TaskState) -> bool:
    return to in TRANSITIONS[TaskState(task_state)]


def loop_time(loops: Iterable[Loop], day: date) -> LoopTime:
    """Return the Kaplan-Meier median of loops on a day; open ones are censored.

    The median is the first day by which the estimated share of loops still open is
    half or less; None while it is more than half. Loops that close and loops that are
    censored at the same length: the closing comes first, as is usual.
    """
    closed = Counter[int]()
    ended = Counter[int]()
    for loop in loops:
        if loop.found_on > day:
            continue
        is_closed = loop.closed_on is not None and loop.closed_on <= day
        until = loop.closed_on if loop.closed_on and is_closed else day
        length = (until - loop.found_on).days
        ended[length] += 1
        closed[length] += is_closed
    total = ended.total()
    return LoopTime(
        median_days=median_length(closed, ended),
        open=total - closed.total(),
        closed=closed.total(),
    )


def roles_to_name(roles: Iterable[str]) -> tuple[list[str], bool]:
    """Return the roles held by enough people, and whether others held fewer."""
    held = Counter(roles)
    named = sorted(role for role, n in held.items() if n >= SMALLEST_GROUP)
    return named, len(named) < len(held)
