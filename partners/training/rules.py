from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

from django.utils import timezone

from partners.training.enums import Renewal

type Content = dict[str, Any]


class Place(NamedTuple):
    """Where a person is in a module: which lesson or question, counted from 1."""

    kind: Literal["lesson", "question", "end"]
    number: int = 0


class Result(NamedTuple):
    score: int
    is_passed: bool
    missed: list[str]


class Terms(NamedTuple):
    """What decides until when a completion is valid. Season days are "MM-DD"."""

    renewal: Renewal
    valid_months: int
    window_days: int = 0
    season_opens: str = ""
    season_closes: str = ""


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


def valid_until(terms: Terms, *, done_on: date, old_end: date | None) -> date:
    """Return the last day on which a module finished today is valid.

    Rolling: so many months from today, or from the old end when that is near enough, so
    that nobody loses time by being early. Season: until the season ends in which it is
    to be done again; what is done in a season, or in the days before it that count as
    early, is done for the year.
    """
    if terms.renewal == Renewal.SEASON:
        closes = season_end(terms.season_closes, done_on)
        counts_from = _season_start(terms, closes) - timedelta(days=terms.window_days)
        return add_months(closes, 12) if done_on >= counts_from else closes
    window = timedelta(days=terms.window_days)
    is_early = old_end is not None and done_on <= old_end <= done_on + window
    return add_months(old_end if old_end and is_early else done_on, terms.valid_months)


def season_end(closes: str, day: date) -> date:
    """Return the end of the season a day lies in, or else of the next one."""
    end = date.fromisoformat(f"{day.year:04}-{closes}")
    return end if end >= day else end.replace(year=end.year + 1)


def _season_start(terms: Terms, closes: date) -> date:
    start = date.fromisoformat(f"{closes.year:04}-{terms.season_opens}")
    return start if start <= closes else start.replace(year=start.year - 1)


def season_days(opens: str, closes: str) -> int:
    """Return how many days a season has, both ends counted."""
    end = date.fromisoformat(f"2001-{closes}")
    start = date.fromisoformat(f"2001-{opens}")
    return (end - (start if start <= end else start.replace(year=2000))).days + 1


def initials(name: str) -> str:
    """Return what is enough to compare with a name on paper: “A. K.”."""
    return " ".join(f"{part[0]}." for part in name.split() if part[0].isalpha())


def may_write_at(now: datetime) -> bool:
    """Say whether it is an hour of the day at which a phone may ring."""
    return 8 <= timezone.localtime(now).hour < 20


def may_see_lesson(*, lessons_read: int, number: int) -> bool:
    """Say whether a lesson is open: each one read, and the next."""
    return number <= lessons_read + 1


def may_see_question(
    content: Content, *, lessons_read: int, answers: Mapping[str, str], number: int
) -> bool:
    """Say whether a question is open: each one answered, and the next."""
    place = next_place(content, lessons_read=lessons_read, answers=answers)
    return place.kind == "end" or (place.kind == "question" and number <= place.number)
