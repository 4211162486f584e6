"""Find phrases that need care, in plain text, without a regular expression per phrase.

A text is cut into words once; each word is brought to a stem, and phrases are looked up
by their first stem. So the time grows with the text and no phrase can make it explode.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
# Opening marks are left out of the inside: an open quotation ends the search at once.
QUOTED = re.compile(
    r"\u201c[^\u201c\u201d]{1,500}\u201d"
    r"|\"[^\"]{1,500}\""
    r"|\u2018[^\u2018\u2019]{1,500}\u2019(?![^\W_])"
)
# Words of one phrase stand in one sentence, and not in two paragraphs.
PARTING = re.compile(r"[.!?;:]|\n\s*\n")
INTRODUCED = re.compile(
    r"\b(?:avoid(?:ed|ing)?|instead of|rather than"
    r"|(?:not|never|don['\u2019]t) (?:say|saying|write|use|call|ask))\b",
    re.IGNORECASE,
)
# How far back a quotation may have been introduced as words to avoid.
REACH = 200
# One written form stands for them all: "himself" is met by "themselves".
PRONOUNS = {
    "himself": "themselves",
    "herself": "themselves",
    "themself": "themselves",
    "yourself": "themselves",
    "he": "they",
    "she": "they",
    "his": "their",
    "her": "their",
    "him": "them",
}


@dataclass(frozen=True)
class Guarded:
    """A phrase that needs care: its forms, why, and what to write instead."""

    pk: int
    forms: tuple[str, ...]
    instead: str
    reason: str


@dataclass(frozen=True)
class Hit:
    """A guarded phrase as it stands in a text."""

    guarded: Guarded
    found: str
    start: int
    end: int


type Stems = tuple[str, ...]


class Matcher:
    """Looks for many guarded phrases in one pass over a text."""

    def __init__(self, phrases: Iterable[Guarded]) -> None:
        self._by_first: dict[str, list[tuple[Stems, Guarded]]] = defaultdict(list)
        for guarded in phrases:
            for form in guarded.forms:
                stems = tuple(stem(word) for word in WORD.findall(form))
                if stems:
                    self._by_first[stems[0]].append((stems, guarded))

    def hits(self, text: str) -> list[Hit]:
        """Return what needs care, as it is read, the longest form of each place."""
        words = list(WORD.finditer(text))
        stems = [stem(word[0]) for word in words]
        exempt = _exempt(text)
        found: list[Hit] = []
        for place, first in enumerate(stems):
            for wanted, guarded in self._by_first.get(first, ()):
                last = place + len(wanted)
                if tuple(stems[place:last]) != wanted:
                    continue
                start, end = words[place].start(), words[last - 1].end()
                if _is_one_phrase(text[start:end]) and not exempt(start):
                    found.append(Hit(guarded, text[start:end], start, end))
        return _longest(found)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return what the simple inflections of a word have in common."""
    word = word.casefold().replace("\u2019", "'").removesuffix("'s")
    word = PRONOUNS.get(word, word)
    if word in PRONOUNS.values() or len(word) < 4 or "'" in word:
        return word
    for ending, rest in (("ies", "y"), ("ing", ""), ("ed", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _single(word.removesuffix(ending) + rest).removesuffix("e")
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word.removesuffix("s")
        if word.endswith(("xe", "che", "she", "sse")):
            word = word.removesuffix("e")
    return _single(word).removesuffix("e")


def _single(word: str) -> str:
    """Undo the doubled letter of "putting" and "plugged"."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def _is_one_phrase(text: str) -> bool:
    return not PARTING.search(text)


class _Exempt:
    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = spans
        self._next = 0

    def __call__(self, start: int) -> bool:
        """Say whether a place is quoted as words to avoid; asked from left to right."""
        while self._next < len(self._spans) and self._spans[self._next][1] <= start:
            self._next += 1
        return self._next < len(self._spans) and self._spans[self._next][0] <= start


def _exempt(text: str) -> _Exempt:
    return _Exempt(list(_quoted_to_avoid(text)))


def _quoted_to_avoid(text: str) -> Iterator[tuple[int, int]]:
    """Yield quotations whose sentence has said before that they are to be avoided."""
    for quoted in QUOTED.finditer(text):
        before = text[max(0, quoted.start() - REACH) : quoted.start()]
        sentence = re.split(r"[.!?\n](?=\s|$)", before)[-1]
        if INTRODUCED.search(sentence):
            yield quoted.span()


def _longest(hits: list[Hit]) -> list[Hit]:
    """Leave out hits of the same phrase inside a longer one."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        inside = any(
            hit.guarded == other.guarded and hit.end <= other.end for other in kept[-4:]
        )
        if not inside:
            kept.append(hit)
    return kept
