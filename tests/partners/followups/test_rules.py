import datetime

import pytest

from partners.followups.enums import UNFINISHED_TASK_STATES, TaskState
from partners.followups.rules import Loop, LoopTime, can_move, loop_time, roles_to_name

DAY = datetime.date(2026, 6, 1)


def loop(length, *, closed=True, day=DAY):
    """Return a loop of this many days; an open one is found so long before `day`."""
    if closed:
        found = DAY - datetime.timedelta(days=300)
        return Loop(found, found + datetime.timedelta(days=length))
    return Loop(day - datetime.timedelta(days=length), None)


def test_loop_time_equals_a_median_worked_out_by_hand():
    """The textbook estimate, worked out on paper.

    6 loops: closed at 10, 20, 40, 50; still open at 15 and 45.
    10: 1 - 1/6 = 0.833, 20: times (1 - 1/4) = 0.625, 40: times (1 - 1/3) = 0.417.
    """
    loops = [loop(10), loop(20), loop(40), loop(50)]
    loops += [loop(15, closed=False), loop(45, closed=False)]

    assert loop_time(loops, DAY) == LoopTime(median_days=40, open=2, closed=4)


def test_loop_time_takes_exactly_one_half():
    loops = [loop(10), loop(20), loop(30, closed=False), loop(30, closed=False)]

    assert loop_time(loops, DAY) == LoopTime(median_days=20, open=2, closed=2)


def test_loop_time_without_half_closed_has_no_median():
    loops = [loop(10), loop(30, closed=False), loop(30, closed=False)]

    assert loop_time(loops, DAY) == LoopTime(median_days=None, open=2, closed=1)
    assert loop_time([], DAY) == LoopTime(median_days=None, open=0, closed=0)


def test_loop_time_of_a_past_day_knows_nothing_later():
    found = datetime.date(2026, 1, 1)
    loops = [
        Loop(found, datetime.date(2026, 3, 1)),
        Loop(datetime.date(2026, 2, 1), None),
    ]

    result = loop_time(loops, datetime.date(2026, 1, 20))

    assert result == LoopTime(median_days=None, open=1, closed=0)


@pytest.mark.parametrize(
    ("roles", "named"),
    (
        (["reception"] * 3, (["reception"], False)),
        (["reception"] * 3 + ["manager"], (["reception"], True)),
        (["reception"] * 2, ([], True)),
        ([], ([], False)),
    ),
)
def test_roles_are_named_from_three_people_on(roles, named):
    assert roles_to_name(roles) == named


def test_only_listed_moves_exist():
    found = {(a, b) for a in TaskState for b in TaskState if can_move(a, b)}

    assert found == {
        (TaskState.OPEN, TaskState.DONE),
        (TaskState.OPEN, TaskState.VERIFIED),
        (TaskState.RETURNED, TaskState.DONE),
        (TaskState.RETURNED, TaskState.VERIFIED),
        (TaskState.DONE, TaskState.VERIFIED),
        (TaskState.DONE, TaskState.RETURNED),
        # The result they followed from was wrong.
        *((state, TaskState.WITHDRAWN) for state in UNFINISHED_TASK_STATES),
    }
