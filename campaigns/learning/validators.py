"""Whether the content of a module is sound; docs/modules.md describes its shape."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

type Content = dict[str, Any]


def validate_content(content: Content) -> None:
    """Refuse a content that a learner could not finish or that could not be scored.

    :raises ValidationError: with one sentence for each fault.
    """
    faults = [*_faults(content)]
    if faults:
        raise ValidationError(faults)


def _faults(content: Content) -> Iterator[str]:
    lessons, questions = content.get("lessons", []), content.get("questions", [])
    yield from _module_faults(content)
    yield from _repeated([*lessons, *questions], _("the module"))
    for lesson in lessons:
        if not lesson.get("title") or not lesson.get("body"):
            yield _("The lesson “%(id)s” has no title or no text.") % lesson
    for question in questions:
        yield from _question_faults(question)


def _module_faults(content: Content) -> Iterator[str]:
    for field in ("title", "summary", "support_note"):
        if not content.get(field):
            yield _("The module has no %(field)s.") % {"field": field}
    if not 1 <= content.get("pass_mark", 0) <= 100:
        yield _("The pass mark must be from 1 to 100.")
    if not content.get("lessons"):
        yield _("The module has no lesson.")
    if not any(part.get("must_get_right") for part in content.get("questions", [])):
        yield _("At least one question must be one that has to be right.")


def _question_faults(question: Content) -> Iterator[str]:
    options = question.get("options", [])
    yield from _repeated(options, question["id"])
    if not question.get("text"):
        yield _("The question “%(id)s” has no text.") % question
    if len(options) < 2:
        yield _("The question “%(id)s” needs at least two answers.") % question
    if sum(option.get("correct") is True for option in options) != 1:
        yield _("The question “%(id)s” needs exactly one right answer.") % question
    for option in options:
        if not option.get("text") or not option.get("explain"):
            yield _(
                "The answer “%(option)s” of “%(id)s” needs a text and an explanation."
            ) % {"option": option["id"], "id": question["id"]}


def _repeated(parts: Iterable[Content], where: str) -> Iterator[str]:
    for part, times in Counter(part["id"] for part in parts).items():
        if times > 1:
            yield _("“%(id)s” stands more than once in %(where)s.") % {
                "id": part,
                "where": where,
            }
