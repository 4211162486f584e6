"""The texts of a page or a form: what a reader reads, block by block."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText

from campaigns.guidance.enums import StepStyle
from core.careful_words import UNREAD

NO_WORDS = frozenset({"language", "style", "readers", "motif", "audiences", "harm"})
POSTED = re.compile(r"^(?P<block>.*-value-)items-\d+-")
# A block or row that was taken out stays in the form until it is saved.
REMOVED = ("-deleted", "-DELETE")
TAG = re.compile(r"<[^<>]{0,2000}>")


def texts_of(value: Any) -> Iterator[str]:
    """Yield every text inside a value of a page, however its blocks are nested."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, RichText):
        yield TAG.sub(" ", value.source)
    elif isinstance(value, blocks.StreamValue | ListValue):
        for part in value:
            yield from texts_of(part.value if hasattr(part, "value") else part)
    elif isinstance(value, blocks.StructValue):
        yield from _texts_of_struct(value)


def _texts_of_struct(value: blocks.StructValue) -> Iterator[str]:
    is_avoid_list = value.get("style") == StepStyle.AVOID
    for name, block in value.block.child_blocks.items():
        is_choice = isinstance(block, blocks.ChoiceBlock | blocks.MultipleChoiceBlock)
        if is_choice or name in UNREAD or (name == "items" and is_avoid_list):
            continue
        yield from texts_of(value.get(name))


def posted_texts(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the texts among the fields of a form as the browser holds it, by name.

    The items of a list of things not to do are left out: it may quote what it forbids.
    """
    removed = tuple(
        f"{name.rpartition('-')[0]}-"
        for name, value in fields.items()
        if value and name.endswith(REMOVED)
    )
    return {
        name: text
        for name, text in fields.items()
        if text.strip()
        and not name.startswith(removed)
        and not _is_unread(name)
        and not _is_avoided(name, fields)
    }


def language_of(name: str, fields: Mapping[str, str], default: str) -> str:
    """Return the language chosen beside a field, in its row, or the default."""
    row = name.rpartition("-")[0]
    return fields.get(f"{row}-language") or fields.get("language") or default


def _is_unread(name: str) -> bool:
    last = name.rpartition("-")[2]
    return last in UNREAD or last in NO_WORDS


def _is_avoided(name: str, fields: Mapping[str, str]) -> bool:
    item = POSTED.match(name)
    if item is None:
        return False
    return fields.get(f"{item['block']}style") == StepStyle.AVOID
