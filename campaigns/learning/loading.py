"""From the files in `content/` to modules and their frozen versions."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from campaigns.learning.models import Module, ModuleVersion
from campaigns.learning.validators import validate_content
from core.audit import record

CONTENT = Path(__file__).parent / "content"
JOB = "learning.load_modules"


class LearningError(Exception):
    pass


@transaction.atomic
def load_modules(*, now: datetime, folder: Path = CONTENT) -> list[ModuleVersion]:
    """Publish each file that has changed as the next version; return the new ones.

    The name of a file is `<slug>.<language>.toml`. A file that says what the newest
    version of its language says makes nothing.

    :raises LearningError: when a content is not sound; then nothing is loaded.
    """
    loaded = [_load(path, now) for path in sorted(folder.glob("*.toml"))]
    return [version for version in loaded if version is not None]


def _load(path: Path, now: datetime) -> ModuleVersion | None:
    content = _content(tomllib.loads(path.read_text(encoding="utf-8")))
    try:
        validate_content(content)
    except ValidationError as error:
        raise LearningError(f"{path.name}: {' '.join(error.messages)}") from error
    slug, language, _ = path.name.split(".")
    module = _module(slug, language, content)
    newest = module.versions.filter(language=language).newest_first().first()
    if newest is not None and newest.content == content:
        return None
    version = ModuleVersion.objects.create(
        module=module,
        number=newest.number + 1 if newest else 1,
        language=language,
        content=content,
        published_at=now,
    )
    record("moduleversion.published", version, job=JOB, number=version.number)
    return version


def _content(source: dict[str, Any]) -> dict[str, Any]:
    """Turn a file's tables into lists with names that read as what they hold."""
    lessons = source.pop("lesson", [])
    questions = source.pop("question", [])
    source.pop("slug", None)
    return {
        "roles": [],
        "support_routes": [],
        **source,
        "support_note": source.get("support_note", "").strip(),
        "lessons": [
            {"points": [], "say": "", "signs": [], "routes": [], **lesson}
            for lesson in lessons
        ],
        "questions": [
            {**question, "options": question.pop("option", [])}
            for question in questions
        ],
    }


def _module(slug: str, language: str, content: dict[str, Any]) -> Module:
    fields = {
        "title": content["title"],
        "minutes": content.get("minutes", 10),
        "pass_mark": content["pass_mark"],
    }
    module, is_new = Module.objects.get_or_create(slug=slug, defaults=fields)
    # The module's own title is the English one; other languages live in versions.
    if is_new or language != "en":
        return module
    changed = [name for name, value in fields.items() if getattr(module, name) != value]
    for name in changed:
        setattr(module, name, fields[name])
    if changed:
        module.save(update_fields=changed)
        record("module.changed", module, job=JOB, fields=changed)
    return module
