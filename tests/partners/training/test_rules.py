import datetime

import pytest

from partners.training.rules import (
    Place,
    add_months,
    is_option_of,
    is_right,
    may_see_lesson,
    may_see_question,
    next_place,
    result_of,
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
