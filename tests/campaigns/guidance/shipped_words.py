"""A catalogue of invented words for the texts of pages, in place of the drafts we ship.

The words of a text are the text itself after the name of the language.
"""

from collections.abc import Iterable
from pathlib import Path

import polib
from wagtail.models import Page

from campaigns.guidance.parts import parts_of
from core.content_words import PARAGRAPH_BREAK


def in_words(language: str, text: str) -> str:
    return "\n\n".join(
        f"[{language}] {part}" for part in PARAGRAPH_BREAK.split(text.strip())
    )


def write_words(folder: Path, language: str, pages: Iterable[Page]) -> None:
    """Write a compiled catalogue with words for everything these pages say."""
    words = polib.POFile()
    words.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    texts = {
        paragraph.strip()
        for page in pages
        for part in parts_of(page).values()
        for text in part.texts
        for paragraph in PARAGRAPH_BREAK.split(text)
    }
    for text in sorted(texts):
        words.append(polib.POEntry(msgid=text, msgstr=in_words(language, text)))
    path = folder / language / "LC_MESSAGES/content.mo"
    path.parent.mkdir(parents=True)
    words.save_as_mofile(str(path))
