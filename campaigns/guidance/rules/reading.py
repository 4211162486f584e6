import re
from collections.abc import Iterable

from campaigns.guidance.enums import Readers

# What a reader of so many years reads without effort.
TARGETS = {Readers.PUBLIC: 11, Readers.YOUNG: 11, Readers.PROFESSIONALS: 14}
# Figures of a few words swing too widely to be told.
FEWEST_WORDS = 30
YOUNGEST = 5.0
TOKEN = re.compile(r"\{\w+:[^{}]{1,80}\}")
WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?]+(?=[\s\u201d\u2019\"')]|$)|\n+")


def reading_age(text: str) -> float | None:
    """Return the age at which a text reads easily; None when it is too short to tell.

    The Automated Readability Index of Smith and Senter (AMRL-TR-66-220, 1967) counts
    letters, words and sentences and needs no dictionary. It gives a school grade, whose
    pupils are five years older than its number. Tokens count as one short word.
    """
    words, letters, sentences = _counts(TOKEN.sub("name", text))
    if words < FEWEST_WORDS:
        return None
    grade = 4.71 * letters / words + 0.5 * words / sentences - 21.43
    return round(max(YOUNGEST, grade + 5), 1)


def joined(texts: Iterable[str]) -> str:
    """Put texts under one another: each ends a sentence, with a full stop or not."""
    return "\n".join(texts)


def is_too_hard(age: float | None, readers: str) -> bool:
    return age is not None and age > target_age(readers)


def target_age(readers: str) -> int:
    return TARGETS[Readers(readers)]


def _counts(text: str) -> tuple[int, int, int]:
    words = letters = sentences = 0
    for part in SENTENCE_END.split(text):
        found = WORD.findall(part)
        if found:
            sentences += 1
            words += len(found)
            letters += sum(len(word) for word in found)
    return words, letters, sentences
