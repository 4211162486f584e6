"""Questions about the register that are answered from values alone."""

import re
import unicodedata
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import NamedTuple

# Far enough for people who worked here long before; nearer dates are typing errors.
FIRST_START = date(1950, 1, 1)
STARTS_AHEAD = timedelta(days=183)
LEAVES_AHEAD = timedelta(days=366)

SIMILAR_NAMES = 0.72
SIMILAR_STREETS = 0.85
# Words that half of all premises carry and that therefore say nothing.
COMMON_WORDS = frozenset(
    {"the", "a", "and", "of", "at", "hotel", "inn", "guest", "house", "guesthouse"}
    | {"bnb", "b&b", "ltd", "limited"}
)


class Place(NamedTuple):
    name: str
    street: str
    postcode: str


def folded(text: str) -> str:
    """Return a text without accents, case, doubled spaces and odd apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    plain = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(plain.casefold().split())


def is_possible_start(day: date, *, today: date) -> bool:
    return FIRST_START <= day <= today + STARTS_AHEAD


def is_possible_last_day(day: date, *, started_on: date, today: date) -> bool:
    return started_on <= day <= today + LEAVES_AHEAD


def is_likely_duplicate(one: Place, other: Place) -> bool:
    """Say whether two entries look like one place, so that an officer has a look.

    Only postcodes of one district are compared: the same name in another town is
    another house. A name counts without the words every hotel has.
    """
    if outward(one.postcode) != outward(other.postcode):
        return False
    if _likeness(telling_words(one.name), telling_words(other.name)) >= SIMILAR_NAMES:
        return True
    return (
        compact(one.postcode) == compact(other.postcode)
        and bool(one.street)
        and _likeness(folded(one.street), folded(other.street)) >= SIMILAR_STREETS
    )


def compact(postcode: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", postcode.upper())


def outward(postcode: str) -> str:
    """Return the district part of a postcode: "ZZ1" of "ZZ1 2AB"."""
    return compact(postcode)[:-3]


def telling_words(name: str) -> str:
    """Return a name without the words that half of all premises carry."""
    words = re.findall(r"[\w&']+", folded(name))
    telling = [word for word in words if word not in COMMON_WORDS]
    return " ".join(sorted(telling or words))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
