"""The words inside a content, block by block: opening, each lesson, each question.

A block is the unit of translation. It is in one language as a whole: a reader is never
given half a lesson in Polish and half of it in English.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from campaigns.learning.rules.shape import Content
from core.wording import fingerprint

type Words = dict[str, str]
type Fingerprints = dict[str, list[str]]

OPENING = "opening"
OPENING_FIELDS = ("title", "summary", "support_note", "skip_note")
# What a reader reads. Everything else in a block is a key, an id or a choice.
TEXTS = frozenset(
    {
        *("title", "summary", "support_note", "skip_note", "alternative"),
        *("text", "explain", "paragraphs", "items", "who", "alt", "caption"),
    }
)


def blocks_of(content: Content) -> dict[str, Content]:
    """Return the blocks of a content by their id, in its order."""
    opening = {name: content.get(name, "") for name in OPENING_FIELDS}
    parts = [*content["lessons"], *content["questions"]]
    return {OPENING: opening, **{part["id"]: part for part in parts}}


def words_of(block: Content) -> Words:
    """Return the texts of a block by their place in it."""
    return dict(_words(block))


def _words(
    value: Any, place: str = "", *, is_text: bool = False
) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if is_text and value.strip():
            yield place, value
        return
    for key, inner in _inside(value):
        is_read = key in TEXTS if isinstance(value, dict) else is_text
        yield from _words(inner, f"{place}.{key}", is_text=is_read)


def _inside(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what is inside a table or a list; a row with an id is known by it."""
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            has_id = isinstance(inner, dict) and "id" in inner
            yield (inner["id"] if has_id else str(number)), inner


def block_hash(block: Content) -> str:
    return fingerprint(*words_of(block).values())


def translated_block(block: Content, words: Mapping[str, str]) -> Content | None:
    """Return the block in other words, or None when one of them is missing."""
    if any(not words.get(place, "").strip() for place in words_of(block)):
        return None
    changed: Content = _in_words(block, words)
    return changed


def _in_words(value: Any, words: Mapping[str, str], place: str = "") -> Any:
    if isinstance(value, str):
        return words.get(place, value)
    inside = [
        (key, _in_words(inner, words, f"{place}.{key}"))
        for key, inner in _inside(value)
    ]
    if isinstance(value, dict):
        return dict(inside)
    return [inner for _key, inner in inside] if isinstance(value, list) else value


def with_blocks(content: Content, blocks: Mapping[str, Content]) -> Content:
    """Return the content with some of its blocks put in, each as it is given."""
    return {
        **content,
        **blocks.get(OPENING, {}),
        "lessons": [blocks.get(part["id"], part) for part in content["lessons"]],
        "questions": [blocks.get(part["id"], part) for part in content["questions"]],
    }


def fingerprints_of(
    content: Content, *, before: Mapping[str, list[str]], is_same_meaning: bool
) -> Fingerprints:
    """Return, of each block, its hash and those of earlier words that mean the same.

    :param before: what this returned of the version before.
    """
    prints: Fingerprints = {}
    for key, block in blocks_of(content).items():
        current, earlier = block_hash(block), before.get(key, [])
        if current in earlier:
            prints[key] = [current, *(one for one in earlier if one != current)]
        else:
            prints[key] = [current, *(earlier if is_same_meaning else [])]
    return prints


def changed_parts(content: Content, before: Content) -> list[str]:
    """Return the ids of lessons and questions that are new or are not as before."""
    old = blocks_of(before)
    return [
        key
        for key, block in blocks_of(content).items()
        if key != OPENING and _taught(block) != _taught(old.get(key))
    ]


def _taught(block: Content | None) -> Content | None:
    """Return a block without what changes nothing for who has learned it."""
    if block is None:
        return None
    return {name: value for name, value in block.items() if name != "alternative"}


def delta_of(
    versions: Collection[tuple[bool, list[str]]], content: Content
) -> list[str]:
    """Return the parts of the newest content that a holder of an older one must learn.

    :param versions: of each version since, whether it requires a delta and its changes.
    """
    wanted = {
        key for is_required, changed in versions if is_required for key in changed
    }
    return [key for key in blocks_of(content) if key in wanted]
