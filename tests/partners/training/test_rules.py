import datetime
from datetime import date

import pytest

from partners.training.enums import Renewal
from partners.training.rules import (
    Place,
    Terms,
    add_months,
    is_option_of,
    is_right,
    may_see_lesson,
    may_see_question,
    next_place,
    result_of,
    season_days,
    valid_until,
)
from tests.factories.learning import module_content

CONTENT = module_content(questions=5)
RIGHT = {f"q{number}": "b" for number in range(1, 6)}


@pytest.mark.parametrize(
    ("read", "answers", "place"),
    (
        (0, {}, Place("lesson", 1)),
        (1, {}, Place("lesson", 2)),
        (2, {}, Place("question", 1)),
        (2, {"q1": "a"}, Place("question", 2)),
        (2, RIGHT, Place("end")),
    ),
)
def test_next_place_goes_on_where_the_person_is(read, answers, place):
    assert next_place(CONTENT, lessons_read=read, answers=answers) == place


@pytest.mark.parametrize(
    ("wrong", "score", "is_passed", "missed"),
    (
        ((), 100, True, []),
        (("q2",), 80, True, []),
        (("q2", "q3"), 60, False, []),
        (("q1",), 80, False, ["q1"]),
    ),
)
def test_result_needs_the_mark_and_what_must_be_right(wrong, score, is_passed, missed):
    answers = {**RIGHT, **dict.fromkeys(wrong, "a")}

    assert result_of(CONTENT, answers) == (score, is_passed, missed)


def test_result_counts_a_missing_answer_as_wrong():
    assert result_of(CONTENT, {}) == (0, False, ["q1"])


@pytest.mark.parametrize(
    ("day", "months", "until"),
    (
        ((2026, 11, 18), 12, (2027, 11, 18)),
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2027, 8, 31), 6, (2028, 2, 29)),
        ((2026, 12, 31), 1, (2027, 1, 31)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
    ),
)
def test_add_months_keeps_the_day_or_ends_with_the_month(day, months, until):
    assert add_months(datetime.date(*day), months) == datetime.date(*until)


def test_lesson_is_open_when_those_before_are_read():
    assert may_see_lesson(lessons_read=1, number=2)
    assert not may_see_lesson(lessons_read=1, number=3)


def test_question_is_open_when_those_before_are_answered():
    def may_see(read, answers, number):
        return may_see_question(
            CONTENT, lessons_read=read, answers=answers, number=number
        )

    assert may_see(2, {"q1": "a"}, 2)
    assert may_see(2, RIGHT, 5)
    assert not may_see(2, {"q1": "a"}, 3)
    assert not may_see(1, {}, 1)


def test_option_belongs_to_its_question_and_is_right_or_not():
    question = CONTENT["questions"][0]

    assert is_option_of(question, "a")
    assert not is_option_of(question, "z")
    assert is_right(question, "b")
    assert not is_right(question, "a")
    assert not is_right(question, "")


ROLLING = Terms(Renewal.ROLLING, valid_months=12, window_days=30)
SEASON = Terms(
    Renewal.SEASON,
    valid_months=12,
    window_days=30,
    season_opens="09-01",
    season_closes="10-31",
)
OVER_NEW_YEAR = SEASON._replace(season_opens="12-01", season_closes="01-31")


@pytest.mark.parametrize(
    ("terms", "done_on", "old_end", "until"),
    (
        (ROLLING, date(2026, 1, 31), None, date(2027, 1, 31)),
        (ROLLING._replace(valid_months=1), date(2026, 1, 31), None, date(2026, 2, 28)),
        # Early by the window: counts from the old end. A day earlier: from today.
        (ROLLING, date(2026, 3, 1), date(2026, 3, 31), date(2027, 3, 31)),
        (ROLLING, date(2026, 3, 1), date(2026, 4, 1), date(2027, 3, 1)),
        (ROLLING, date(2026, 3, 1), date(2026, 3, 1), date(2027, 3, 1)),
        (ROLLING, date(2026, 3, 1), date(2026, 2, 28), date(2027, 3, 1)),
        # In the season, and early by the window: done for the year.
        (SEASON, date(2026, 9, 1), None, date(2027, 10, 31)),
        (SEASON, date(2026, 10, 31), None, date(2027, 10, 31)),
        (SEASON, date(2026, 8, 2), None, date(2027, 10, 31)),
        # Outside: due again with everybody, however lately it was done.
        (SEASON, date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 31)),
        (SEASON, date(2026, 11, 1), None, date(2027, 10, 31)),
        (OVER_NEW_YEAR, date(2026, 12, 31), None, date(2028, 1, 31)),
        (OVER_NEW_YEAR, date(2027, 1, 31), None, date(2028, 1, 31)),
        (OVER_NEW_YEAR, date(2027, 2, 1), None, date(2028, 1, 31)),
        (OVER_NEW_YEAR, date(2026, 10, 31), None, date(2027, 1, 31)),
        (OVER_NEW_YEAR, date(2026, 11, 1), None, date(2028, 1, 31)),
    ),
)
def test_completion_is_valid_until_a_day_fixed_when_it_is_made(
    terms, done_on, old_end, until
):
    assert valid_until(terms, done_on=done_on, old_end=old_end) == until


def test_season_counts_both_its_ends():
    assert season_days("09-01", "10-31") == 61
    assert season_days("12-31", "01-01") == 2
    assert season_days("05-05", "05-05") == 1
