"""What publishes a module, and what keeps its words in other languages."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.learning.enums import Change
from campaigns.learning.models import Module, ModuleVersion, ModuleWording
from campaigns.learning.rules.shape import Content, upgraded
from campaigns.learning.rules.words import (
    Fingerprints,
    Words,
    block_hash,
    blocks_of,
    changed_parts,
    fingerprints_of,
    translated_block,
    with_blocks,
    words_of,
)
from campaigns.learning.validators import validate_content
from core.audit import record
from core.content_words import translated
from core.enums import SAFE_TO_READ
from core.languages import OTHER_LANGUAGES


class LearningError(Exception):
    """What cannot be done with a module, in words for the person who asked."""


@transaction.atomic
def freeze_version(
    *, module: Module, now: datetime, actor: User | None = None, job: str = ""
) -> list[ModuleVersion]:
    """Freeze what a module says now: one number, a row in each language it is in.

    A language is in it as soon as one of its blocks may be read; the others stay
    English there. Where nothing would be read otherwise, nothing is made.

    :raises LearningError: when nobody could finish it, or it could not be scored.
    """
    Module.objects.select_for_update().get(pk=module.pk)
    content = module.content()
    try:
        validate_content(content)
    except ValidationError as error:
        raise LearningError(" ".join(error.messages)) from error
    newest = ModuleVersion.objects.filter(module=module).in_english().newest().first()
    before = upgraded(newest.content) if newest else None
    is_material = before != content and module.change != Change.COSMETIC
    prints = fingerprints_of(
        content,
        before=newest.prints if newest else {},
        is_same_meaning=not is_material,
    )
    contents = {settings.LANGUAGE_CODE: content}
    contents |= dict(_translations(module, content, prints))
    if newest and contents == _published(newest):
        return []
    changed = changed_parts(content, before) if before and is_material else []
    versions = ModuleVersion.objects.bulk_create(
        ModuleVersion(
            module=module,
            number=newest.number + 1 if newest else 1,
            language=language,
            content=words,
            is_material=is_material,
            requires_delta=bool(changed) and module.change == Change.DELTA,
            changed=changed,
            fingerprints=prints,
            published_at=now,
        )
        for language, words in contents.items()
    )
    record(
        "moduleversion.published",
        versions[0],
        actor=actor,
        job=job,
        number=versions[0].number,
        languages=[*contents],
        is_material=is_material,
        changed=changed,
    )
    return versions


def _published(newest: ModuleVersion) -> dict[str, Content]:
    rows = ModuleVersion.objects.filter(module=newest.module_id, number=newest.number)
    return {row.language: row.words for row in rows}


def _translations(
    module: Module, content: Content, prints: Fingerprints
) -> Iterator[tuple[str, Content]]:
    """Yield each language with the content as it may be read in it.

    A block stays English while its words are missing, outdated or, but in a
    demonstration, not confirmed by a named person.
    """
    blocks = blocks_of(content)
    readable: dict[str, dict[str, Content]] = {}
    for row in ModuleWording.objects.filter(module=module).order_by("language", "pk"):
        is_confirmed = bool(row.confirmed_by) or settings.DEMONSTRATION
        if not is_confirmed or row.state_against(prints) not in SAFE_TO_READ:
            continue
        block = translated_block(blocks[row.part], row.words)
        if block is not None:
            told = {**block, "language": row.language}
            readable.setdefault(row.language, {})[row.part] = told
    for language, told in readable.items():
        yield language, with_blocks(content, told)


@transaction.atomic
def change_words(
    *,
    version: ModuleVersion,
    language: str,
    blocks: Mapping[str, Mapping[str, str]],
    actor: User,
) -> list[ModuleWording]:
    """Keep words of blocks in another language, made from a version's English.

    Words that changed are a draft again. They are read once the module is published
    anew. Returns the blocks that are others now. Audited.

    :param blocks: the texts of each block by their place in it; a gap is no text.
    :raises LearningError: when the version has no such block, or there is no such
        language.
    """
    if language not in OTHER_LANGUAGES:
        raise LearningError(_("There is no such language."))
    if not {*blocks} <= {*version.prints}:
        raise LearningError(_("The module has changed since. Open it again."))
    changed = [
        row
        for part, words in blocks.items()
        if (row := _changed_words(version, language, part, words))
    ]
    if changed:
        record(
            "module.translated",
            version.module,
            actor=actor,
            language=language,
            parts=[row.part for row in changed],
        )
    return changed


def _changed_words(
    version: ModuleVersion, language: str, part: str, words: Mapping[str, str]
) -> ModuleWording | None:
    kept = {place: text.strip() for place, text in words.items() if text.strip()}
    row = ModuleWording.objects.filter(
        module=version.module_id, language=language, part=part
    ).first()
    if row is None and not kept:
        return None
    row = row or ModuleWording(module=version.module, language=language, part=part)
    source = version.prints[part][0]
    if row.words == kept and row.source_hash == source:
        return None
    if row.words != kept:
        row.confirmed_by = ""
    row.words, row.source_hash = kept, source
    row.save()
    return row


@transaction.atomic
def confirm_words(
    *, module: Module, language: str, name: str, actor: User, now: datetime
) -> int:
    """Note who has read the words that say what the English says, and publish them.

    Returns how many blocks are new to this person. Audited.

    :raises LearningError: when the module could not be published.
    """
    version = ModuleVersion.objects.filter(module=module).in_english().newest().first()
    if version is None:
        return 0
    rows = ModuleWording.objects.filter(module=module, language=language)
    read = [
        row.pk
        for row in rows.exclude(confirmed_by=name)
        if row.state_against(version.prints) in SAFE_TO_READ
    ]
    if not read:
        return 0
    rows.filter(pk__in=read).update(confirmed_by=name)
    record(
        "module.words_confirmed",
        module,
        actor=actor,
        language=language,
        count=len(read),
    )
    freeze_version(module=module, now=now, actor=actor)
    return len(read)


@transaction.atomic
def add_drafts(*, module: Module) -> int:
    """Add the translations we ship of blocks that have none; return how many.

    They are of just the English words the module has now, and drafts.
    """
    rows = ModuleWording.objects.filter(module=module)
    known = {*rows.values_list("part", "language")}
    drafts = [
        ModuleWording(
            module=module,
            language=language,
            part=part,
            words=words,
            source_hash=block_hash(block),
        )
        for part, block in blocks_of(module.content()).items()
        for language in OTHER_LANGUAGES
        if (part, language) not in known
        if (words := _draft(block, language))
    ]
    ModuleWording.objects.bulk_create(drafts)
    return len(drafts)


def _draft(block: Content, language: str) -> Words:
    """Return our words of a whole block, or nothing when one of them is missing."""
    words = {
        place: translated(text, language) for place, text in words_of(block).items()
    }
    found = {place: text for place, text in words.items() if text}
    return found if len(found) == len(words) else {}
