from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

type Content = dict[str, Any]


class Place(NamedTuple):
    """Where a person is in a module: which lesson or question, counted from 1."""

    kind: Literal["lesson", "question", "end"]
    number: int = 0


class Result(NamedTuple):
    score: int
    is_passed: bool
    missed: list[str]


def next_place(
    content: Content, *, lessons_read: int, answers: Mapping[str, str]
) -> Place:
    """Say what comes next: lessons first, then each question that has no answer."""
    if lessons_read < len(content["lessons"]):
        return Place("lesson", lessons_read + 1)
    for number, question in enumerate(content["questions"], start=1):
        if question["id"] not in answers:
            return Place("question", number)
    return Place("end")


def is_option_of(question: Content, option_id: str) -> bool:
    return any(option["id"] == option_id for option in question["options"])


def is_right(question: Content, option_id: str) -> bool:
    return any(
        option["id"] == option_id and option["correct"]
        for option in question["options"]
    )


def result_of(content: Content, answers: Mapping[str, str]) -> Result:
    """Score the first answers by the version they were given on.

    A question that must be right fails the attempt alone, whatever the score.
    """
    questions = content["questions"]
    wrong = [
        question
        for question in questions
        if not is_right(question, answers.get(question["id"], ""))
    ]
    score = (len(questions) - len(wrong)) * 100 // len(questions)
    missed = [question["id"] for question in wrong if question["must_get_right"]]
    return Result(score, score >= content["pass_mark"] and not missed, missed)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months on, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def may_see_lesson(*, lessons_read: int, number: int) -> bool:
    """Say whether a lesson is open: each one read, and the next."""
    return number <= lessons_read + 1


def may_see_question(
    content: Content, *, lessons_read: int, answers: Mapping[str, str], number: int
) -> bool:
    """Say whether a question is open: each one answered, and the next."""
    place = next_place(content, lessons_read=lessons_read, answers=answers)
    return place.kind == "end" or (place.kind == "question" and number <= place.number)
