"""Starting content: from the files in `content/` to modules that editors own."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.blocks import StreamBlock, StreamValue

from campaigns.learning.blocks import LessonsBlock, QuestionsBlock, stored_blocks
from campaigns.learning.models import Module, ModuleVersion
from campaigns.learning.rules.shape import Content, first_parts
from campaigns.learning.services import LearningError, add_drafts, freeze_version
from core.audit import record

FIELDS = (
    *("title", "summary", "minutes", "roles", "support_note", "support_routes"),
    *("skip_note", "ask", "pass_mark"),
)
# A table of a file is named for one row, a list of a content for all of them.
ROWS = {"line": "lines", "spot": "spots"}
CONTENT = Path(__file__).parent / "content"
JOB = "learning.load_modules"


@transaction.atomic
def load_modules(*, now: datetime, folder: Path = CONTENT) -> list[ModuleVersion]:
    """Add each module of the files that editors do not have yet; return new versions.

    The name of a file is `<slug>.toml`. A module that editors have is theirs: of our
    files it gets nothing but drafts of translations where it has none. What is new is
    published.

    :raises LearningError: when a content is not sound; then nothing is loaded.
    """
    return [
        version
        for path in sorted(folder.glob("*.toml"))
        for version in _load(path, now)
    ]


def _load(path: Path, now: datetime) -> list[ModuleVersion]:
    module = Module.objects.filter(slug=path.stem).first() or Module(slug=path.stem)
    is_new = not module.has_words
    if is_new:
        words = _content(tomllib.loads(path.read_text(encoding="utf-8")))
        write_content(module, words)
        record("module.loaded", module, job=JOB)
    has_drafts = module.live and bool(add_drafts(module=module))
    if not is_new and not has_drafts:
        return []
    try:
        return freeze_version(module=module, now=now, job=JOB)
    except LearningError as error:
        raise LearningError(f"{path.name}: {error}") from error


def write_content(module: Module, content: Content) -> None:
    """Save a content as its editors would have: they own it from now on."""
    for field in FIELDS:
        setattr(module, field, content[field])
    module.lessons = _stored(LessonsBlock(), "lesson", content["lessons"])
    module.questions = _stored(QuestionsBlock(), "question", content["questions"])
    module.save()


def _stored(stream: StreamBlock, kind: str, parts: list[Content]) -> StreamValue:
    return stream.to_python(stored_blocks(stream, kind, parts))


def _content(source: dict[str, Any]) -> Content:
    """Return a file's tables in today's shape."""
    return {
        "roles": [],
        "support_routes": [],
        "skip_note": "",
        "ask": 0,
        "minutes": 10,
        **source,
        "support_note": source.get("support_note", "").strip(),
        "lessons": [_lesson(lesson) for lesson in source.get("lesson", [])],
        "questions": [
            {"roles": [], "must_get_right": False}
            | question
            | {"options": question.get("option", [])}
            for question in source.get("question", [])
        ],
    }


def _lesson(source: dict[str, Any]) -> Content:
    """Return a lesson: what it names once comes first, then its other parts."""
    return {
        "roles": [],
        "alternative": "",
        **source,
        "parts": [*first_parts(source), *map(_part, source.get("part", []))],
    }


def _part(source: dict[str, Any]) -> Content:
    rows = {ROWS[name]: rows for name, rows in source.items() if name in ROWS}
    return {name: value for name, value in source.items() if name not in ROWS} | rows
