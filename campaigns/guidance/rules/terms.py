"""Words made alike, so that what people type meets what pages say, in any language.

Folded here and not by the database: SQLite and PostgreSQL split, strip and stem words
in different ways, and a reader must not notice which of them an installation has.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile("['\u2019\u02bc`\u00b4]")
# Letters that Unicode does not take apart, and the Arabic twins of Urdu ones.
LIKE = str.maketrans("łđøıيكىة", "ldoiیکی\u06c1")
LONGEST_WORD = 40
# Endings of English words: "threatened" is met by "threatens". Never down to a stump.
ENDINGS = ("ing", "ed", "es", "e", "s")
SHORTEST_STEM = 4
CONTENT = Path(__file__).parent.parent / "content" / "stop_words.toml"


def words_of(text: str) -> list[str]:
    """Split a text into words without case, accents, points or joining signs."""
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text).casefold())
    bare = "".join(sign for sign in plain if unicodedata.category(sign)[0] != "M")
    return [word[:LONGEST_WORD] for word in WORD.findall(bare.translate(LIKE))]


def stem(word: str) -> str:
    """Cut an English ending off a long enough word; other languages lose little."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    # So that "party" meets "parties".
    return f"{word[:-1]}i" if word.endswith("y") else word


def stems_of(text: str) -> list[str]:
    return [stem(word) for word in words_of(text)]


def is_stop_word(word: str, language: str) -> bool:
    """Say whether a word is too common to find anything by; English counts anywhere."""
    words = _stop_words()
    return word in words["en"] or word in words.get(language, ())


def searchable(texts: Iterable[str]) -> str:
    """Return the stems of these texts, as they are written into the index."""
    return " ".join(found for text in texts for found in stems_of(text))


def holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Say whether the words of a phrase stand in these words, one after another."""
    size = len(phrase)
    starts = range(len(words) - size + 1)
    return any([*words[at : at + size]] == [*phrase] for at in starts)


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    lists: dict[str, str] = tomllib.loads(CONTENT.read_text())
    return {language: frozenset(words_of(words)) for language, words in lists.items()}
