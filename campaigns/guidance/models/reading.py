"""What one reader is shown of a page: each part in a language they may read it in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from campaigns.guidance.parts import ChosenPart
from campaigns.guidance.placing import PlacedWords

# The fields that stand above the blocks of a page.
OPENING = ("heading", "lead", "content_note")

type ChosenParts = Mapping[str, ChosenPart]


@dataclass(frozen=True)
class PlacedBlock:
    """A block as a template shows it: `language` is set when it is not the reader's."""

    block: Any
    language: str
    has_just_changed: bool
    placed: PlacedWords


def placed_blocks(
    chosen: ChosenParts, field: str, placed: PlacedWords
) -> list[PlacedBlock]:
    """Return the blocks of a stream with what each of them places."""
    english = placed.in_english()
    return [
        PlacedBlock(
            part.part.value,
            settings.LANGUAGE_CODE if part.is_english else "",
            part.has_just_changed,
            english if part.is_english else placed,
        )
        for key, part in chosen.items()
        if key.startswith(f"{field}.")
    ]


def block_values(chosen: ChosenParts) -> list[Mapping[str, Any]]:
    return [part.part.value.value for key, part in chosen.items() if "." in key]


def opening(chosen: ChosenParts, placed: PlacedWords) -> dict[str, Any]:
    """Return what opening.html shows, with the fields that are in English there."""
    texts = opening_texts(chosen)
    english = placed.in_english()
    foreign = [key for key in texts if chosen[key].is_english]
    around = {key: english if key in foreign else placed for key in OPENING}
    return {
        # Bare for the title of the window, and with its names marked for the page.
        "heading": texts.get("heading", ""),
        "heading_words": around["heading"].named(texts.get("heading", "")),
        "lead": around["lead"].inline(texts.get("lead", "")),
        "summary": around["lead"].plain(texts.get("lead", "")),
        "content_note": around["content_note"].paragraphs(
            texts.get("content_note", "")
        ),
        "english_fields": foreign,
    }


def opening_texts(chosen: ChosenParts) -> dict[str, str]:
    return {key: str(chosen[key].part.value) for key in OPENING if key in chosen}


def choice_cards(
    chosen: ChosenParts, field: str, placed: PlacedWords
) -> list[dict[str, Any]]:
    """Return the big choices of a page as buttons and links show them."""
    return [_choice_card(block) for block in placed_blocks(chosen, field, placed)]


def _choice_card(block: PlacedBlock) -> dict[str, Any]:
    choice, placed = block.block.value, block.placed
    card = placed.card(choice["route"] or "")
    return {
        "language": block.language,
        "text": placed.named(choice["heading"]),
        "note": placed.plain(choice["text"]),
        "url": card.number_href if card else placed.link(choice["link"]).url,
        "tone": "danger" if card and card.is_emergency else "",
    }
