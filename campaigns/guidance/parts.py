"""The parts of a page: each is read in one language, its own or English.

A part is a field (the heading, the lead) or one block of a stream. A translation
remembers, for each part, the fingerprint of the English words it was made from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from campaigns.guidance.rules.translations import may_read_translation
from core.enums import TranslationState
from core.wording import fingerprint, state_of

READ_FIELDS = ("title", "heading", "lead", "content_note", "for_whom")

type Fingerprints = Mapping[str, str]
type SameMeaning = Mapping[str, list[str]]


@dataclass(frozen=True)
class Part:
    """Its key is stable: the name of the field, with the id of the block if any."""

    key: str
    kind: str
    value: Any

    @cached_property
    def texts(self) -> tuple[str, ...]:
        if isinstance(self.value, str):
            return (self.value,)
        return tuple(texts_of(self.value.block, self.value.value))

    @property
    def fingerprint(self) -> str:
        return fingerprint(*self.texts)


@dataclass(frozen=True)
class ChosenPart:
    """A part as it is shown: `is_english` inside a page in another language."""

    part: Part
    state: TranslationState
    is_english: bool

    @property
    def has_just_changed(self) -> bool:
        return self.is_english and self.state == TranslationState.MATERIAL


def parts_of(page: Page) -> dict[str, Part]:
    """Return what a reader reads of a page, in order. No query."""
    parts = [
        Part(name, name, getattr(page, name))
        for name in READ_FIELDS
        if getattr(page, name, "")
    ]
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            parts += [
                Part(f"{field.name}.{block.id}", block.block_type, block)
                for block in getattr(page, field.name)
            ]
    return {part.key: part for part in parts}


def texts_of(block: blocks.Block, value: Any) -> Iterator[str]:
    """Yield the words inside a block: not its choices, keys and addresses."""
    if hasattr(block, "get_translatable_segments"):
        return
    if isinstance(block, ImageBlock):
        # Its value is the picture: the words are those for people who do not see it.
        yield from filter(None, [value and value.contextual_alt_text])
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from texts_of(child, value.get(name))
    elif isinstance(block, blocks.ListBlock | blocks.StreamBlock):
        for item in getattr(value, "bound_blocks", value) or ():
            yield from texts_of(item.block, item.value)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock) and value:
        yield str(value)


def choose_parts(
    english: Page,
    translated: Page,
    *,
    made_from: Fingerprints,
    same_meaning: SameMeaning,
) -> dict[str, ChosenPart]:
    """Return the parts of the English page, each in the language it may be read in.

    The English page leads: what it no longer has is gone, what is new is shown.
    """
    translations = parts_of(translated)
    chosen = {}
    for key, part in parts_of(english).items():
        state = TranslationState.MISSING
        if key in translations:
            state = state_of_part(part, made_from=made_from, same_meaning=same_meaning)
        is_english = not may_read_translation(part.kind, state)
        shown = part if is_english else translations[key]
        chosen[key] = ChosenPart(shown, state, is_english and bool(part.texts))
    return chosen


def state_of_part(
    part: Part, *, made_from: Fingerprints, same_meaning: SameMeaning
) -> TranslationState:
    if not part.texts:
        return TranslationState.CURRENT
    if part.key not in made_from:
        return TranslationState.MISSING
    return state_of(
        source_hash=made_from[part.key],
        current_hash=part.fingerprint,
        same_meaning=same_meaning.get(part.key, ()),
    )
