from pathlib import Path

import polib
import pytest
from pytest_django import Settings

from core.content_words import translated


@pytest.fixture
def catalogue(tmp_path: Path, settings: Settings) -> None:
    """Make a Polish catalogue of two paragraphs the only one."""
    folder = tmp_path / "pl/LC_MESSAGES"
    folder.mkdir(parents=True)
    words = polib.POFile()
    words.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    words.append(polib.POEntry(msgid="Ring now.", msgstr="Zadzwoń teraz."))
    words.append(polib.POEntry(msgid="Wait.", msgstr="Czekaj."))
    words.append(polib.POEntry(msgid="Look.", msgstr=""))
    words.save_as_mofile(str(folder / "content.mo"))
    settings.LOCALE_PATHS = [tmp_path]


@pytest.mark.parametrize(
    ("text", "words"),
    (
        ("Ring now.", "Zadzwoń teraz."),
        ("Ring now.\n\nWait.", "Zadzwoń teraz.\n\nCzekaj."),
        ("Ring now.\n\nRun.", None),
        ("Look.", None),
        ("Run.", None),
        ("999", "999"),
        ("", ""),
    ),
)
def test_translated_gives_words_for_every_paragraph_or_none(catalogue, text, words):
    assert translated(text, "pl") == words


def test_translated_text_without_a_catalogue_is_none(catalogue):
    assert translated("Ring now.", "sk") is None


def test_translated_english_is_itself(catalogue):
    assert translated("Ring now.", "en") == "Ring now."
