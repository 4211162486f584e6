"""What one person is taught and asked: their roles' parts, drawn from the pool."""

from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Any

from campaigns.learning.rules.shape import Content, upgraded


def course_of(
    content: Content,
    *,
    roles: Collection[str] = (),
    seed: str = "",
    only: Collection[str] = (),
) -> Content:
    """Return the content as one person meets it, in the same shape.

    The same roles and seed give the same lessons, questions and order for good: nothing
    here depends on chance, time or the version of Python.

    :param roles: what the person works as; without any, nothing is left out.
    :param seed: kept with the attempt. Without one, and in a module that asks all its
        questions, everything is asked in the order it is written.
    :param only: the lessons and questions of a delta; without any, all.
    """
    content = upgraded(content)
    lessons = _meant_for(content["lessons"], roles, only)
    questions = _meant_for(content["questions"], roles, only)
    if seed and content["ask"]:
        count = len(questions) if only else content["ask"]
        questions = [
            {**question, "options": _shuffled(question["options"], seed)}
            for question in _drawn(questions, count, seed)
        ]
    return {**content, "lessons": lessons, "questions": questions}


def _meant_for(
    parts: Sequence[Content], roles: Collection[str], only: Collection[str]
) -> list[Content]:
    return [
        part
        for part in parts
        if not (only and part["id"] not in only)
        if not (roles and part["roles"] and not {*part["roles"]} & {*roles})
    ]


def _drawn(questions: Sequence[Content], count: int, seed: str) -> list[Content]:
    """Draw so many questions, in any order, among them each that must be right."""
    shuffled = _shuffled(questions, seed)
    must = [question for question in shuffled if question["must_get_right"]]
    rest = [question for question in shuffled if not question["must_get_right"]]
    chosen = {question["id"] for question in [*must, *rest][: max(count, len(must))]}
    return [question for question in shuffled if question["id"] in chosen]


def _shuffled(parts: Sequence[Any], seed: str) -> list[Any]:
    def place(part: Content) -> str:
        return sha256(f"{seed}:{part['id']}".encode()).hexdigest()

    return sorted(parts, key=place)


def instead_of_lesson(course: Content, number: int) -> str:
    """Return what may be read in place of a lesson, or "" when it has to be read."""
    alternative: str = course["lessons"][number - 1]["alternative"]
    return alternative or course["skip_note"]
