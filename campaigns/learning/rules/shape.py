"""The shape of what is taught, as versions keep it; docs/modules.md describes it.

A version is frozen, so a shape lives as long as the database. Everybody reads a content
through `upgraded`, which knows the earlier shapes, and knows one shape only.
"""

from collections.abc import Iterator
from typing import Any

type Content = dict[str, Any]

SHAPE = 2
# Names a part by these values in `kind`; see campaigns.learning.enums.PartKind.
# Of a lesson of shape 1, in the order in which it was shown.
FIRST_PARTS = (
    ("body", "text", "paragraphs"),
    ("signs", "signs", "keys"),
    ("say", "say", "text"),
    ("points", "points", "items"),
    ("routes", "routes", "keys"),
)


def upgraded(content: Content) -> Content:
    """Return a stored content in today's shape; one that has it, as it is."""
    if content.get("shape") == SHAPE:
        return content
    language = content.get("language", "en")
    return {
        "minutes": 10,
        "support_note": "",
        "support_routes": [],
        "roles": [],
        **content,
        "shape": SHAPE,
        "language": language,
        "skip_note": "",
        "ask": 0,
        "lessons": [_lesson(lesson, language) for lesson in content["lessons"]],
        "questions": [
            {"roles": [], "language": language, "must_get_right": False, **question}
            for question in content["questions"]
        ],
    }


def _lesson(lesson: Content, language: str) -> Content:
    return {
        "id": lesson["id"],
        "language": language,
        "title": lesson["title"],
        "roles": [],
        "alternative": "",
        "parts": first_parts(lesson),
    }


def first_parts(lesson: Content) -> list[Content]:
    """Return the parts of a lesson that names each kind of part once."""
    return [
        {"kind": kind, field: lesson[name]}
        for name, kind, field in FIRST_PARTS
        if lesson.get(name)
    ]


def sign_keys(content: Content) -> Iterator[str]:
    """Yield the key of each sign that lessons place or questions are about."""
    content = upgraded(content)
    for lesson in content["lessons"]:
        for part in lesson["parts"]:
            if part["kind"] == "signs":
                yield from part["keys"]
    for question in content["questions"]:
        yield from question.get("signs", ())
