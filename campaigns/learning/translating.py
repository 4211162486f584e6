"""How far the words of a module have come in each language, and what they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from campaigns.learning.models import Module, ModuleVersion, ModuleWording
from campaigns.learning.rules.shape import Content
from campaigns.learning.rules.words import OPENING, blocks_of, words_of
from core.enums import TranslationState
from core.languages import OTHER_LANGUAGES


@dataclass(frozen=True)
class LanguageRow:
    """One language of a module: its blocks by state, and who has confirmed them."""

    language: str
    counts: Counter[str]
    total: int
    is_published: bool

    @property
    def name(self) -> str:
        return str(dict(settings.LANGUAGES)[self.language])

    @property
    def counted(self) -> list[tuple[str, int]]:
        states = [(state, self.counts[state]) for state in TranslationState]
        return [(str(state.label), count) for state, count in states if count]


@dataclass(frozen=True)
class BlockWords:
    """A block in English and in another language, text by text."""

    part: str
    title: str
    state: TranslationState
    confirmed_by: str
    texts: list[tuple[str, str, str]]


def language_rows(
    module: Module, versions: Sequence[ModuleVersion]
) -> list[LanguageRow]:
    """Return how each language stands to the newest version. One query.

    :param versions: of this module, the newest first.
    """
    if not versions:
        return []
    newest = versions[0]
    published = {one.language for one in versions if one.number == newest.number}
    prints = newest.prints
    rows = ModuleWording.objects.filter(module=module)
    states = {(row.language, row.part): row.state_against(prints) for row in rows}
    return [
        LanguageRow(
            language,
            Counter(
                states.get((language, part), TranslationState.MISSING)
                for part in prints
            ),
            len(prints),
            language in published,
        )
        for language in OTHER_LANGUAGES
    ]


def block_words(version: ModuleVersion, language: str) -> list[BlockWords]:
    """Return every block of a version with its words in a language. One query."""
    prints = version.prints
    rows = {
        row.part: row
        for row in ModuleWording.objects.filter(
            module=version.module_id, language=language
        )
    }
    found = []
    for part, block in blocks_of(version.words).items():
        row = rows.get(part)
        told = row.words if row else {}
        found.append(
            BlockWords(
                part,
                _title(part, block),
                row.state_against(prints) if row else TranslationState.MISSING,
                row.confirmed_by if row else "",
                [
                    (place, text, told.get(place, ""))
                    for place, text in words_of(block).items()
                ],
            )
        )
    return found


def _title(part: str, block: Content) -> str:
    title: str = block.get("title") or block.get("text") or ""
    return "" if part == OPENING else title
