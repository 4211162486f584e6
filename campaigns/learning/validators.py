"""Whether the content of a module is sound; docs/modules.md describes its shape."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns.learning.rules.words import blocks_of, words_of

type Content = dict[str, Any]

# A telephone number: seven digits and more, however they are grouped.
NUMBER = re.compile(r"\+?\d(?:[ -]?\d){6,}")


def validate_content(content: Content) -> None:
    """Refuse a content that a learner could not finish or that could not be scored.

    :raises ValidationError: with one sentence for each fault.
    """
    faults = [*content_faults(content)]
    if faults:
        raise ValidationError(faults)


def content_faults(content: Content) -> Iterator[str]:
    """Yield a sentence for each fault of a content of today's shape."""
    lessons, questions = content.get("lessons", []), content.get("questions", [])
    yield from _module_faults(content)
    yield from _repeated([*lessons, *questions], _("the module"))
    for lesson in lessons:
        if not lesson.get("title") or not lesson.get("parts"):
            yield _("The lesson “%(title)s” has no title or no text.") % {
                "title": lesson.get("title") or lesson["id"]
            }
    for question in questions:
        yield from _question_faults(question)
    yield from _numbers(content)


def _module_faults(content: Content) -> Iterator[str]:
    for field, name in (
        ("title", _("title")),
        ("summary", _("summary")),
        ("support_note", _("support note")),
    ):
        if not content.get(field):
            yield _("The module has no %(field)s.") % {"field": name}
    if not 1 <= content.get("pass_mark", 0) <= 100:
        yield _("The pass mark must be from 1 to 100.")
    yield from _faults_of_parts(content)


def _faults_of_parts(content: Content) -> Iterator[str]:
    questions = content.get("questions", [])
    if not any(not lesson["roles"] for lesson in content.get("lessons", [])):
        yield _("The module has no lesson that everybody reads.")
    if not any(part.get("must_get_right") and not part["roles"] for part in questions):
        yield _("At least one question must be one that everybody has to get right.")
    if content.get("ask", 0) > sum(not part["roles"] for part in questions):
        yield _("There are fewer questions for everybody than are to be asked.")


def _question_faults(question: Content) -> Iterator[str]:
    options = question.get("options", [])
    named = {"text": question.get("text") or question["id"]}
    yield from _repeated(options, _("a question"))
    if not question.get("text"):
        yield _("The question “%(text)s” has no text.") % named
    if len(options) < 2:
        yield _("The question “%(text)s” needs at least two answers.") % named
    if sum(option.get("correct") is True for option in options) != 1:
        yield _("The question “%(text)s” needs exactly one right answer.") % named
    for option in options:
        if not option.get("text") or not option.get("explain"):
            yield _(
                "The answer “%(option)s” of “%(text)s” needs a text and an explanation."
            ) % {"option": option.get("text") or option["id"], **named}


def _numbers(content: Content) -> Iterator[str]:
    """Yield each telephone number in words: it would go stale where nobody looks."""
    for block in blocks_of(content).values():
        for text in words_of(block).values():
            for found in NUMBER.findall(text):
                yield _(
                    "“%(number)s” looks like a telephone number. Place a route instead."
                ) % {"number": found}


def _repeated(parts: Iterable[Content], where: str) -> Iterator[str]:
    for part, times in Counter(part["id"] for part in parts).items():
        if times > 1:
            yield _("“%(id)s” stands more than once in %(where)s.") % {
                "id": part,
                "where": where,
            }
