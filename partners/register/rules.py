"""Questions about the register that are answered from values alone."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from difflib import SequenceMatcher
from operator import ne
from typing import Literal, NamedTuple

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

# Far enough for people who worked here long before; nearer dates are typing errors.
FIRST_START = date(1950, 1, 1)
STARTS_AHEAD = timedelta(days=183)
LEAVES_AHEAD = timedelta(days=366)

# So long a leaver's name is kept where nobody has set another time.
RETENTION_MONTHS = 24

SIMILAR_NAMES = 0.72
SIMILAR_STREETS = 0.82
# Words that half of all premises carry and that therefore say nothing.
COMMON_WORDS = frozenset(
    {"the", "a", "and", "of", "at", "hotel", "inn", "guest", "house", "guesthouse"}
    | {"bnb", "b&b", "ltd", "limited", "plc", "llp", "uk"}
)
SHORT_STREETS = {
    "st": "street",
    "str": "street",
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "dr": "drive",
    "cl": "close",
    "ct": "court",
    "pl": "place",
    "sq": "square",
    "gdns": "gardens",
    "terr": "terrace",
}
FLAT = re.compile(r"\b(?:flat|unit|apartment|apt|suite|room)\s+\w+\b|\b\w+\s+floor\b")


class Place(NamedTuple):
    name: str
    street: str
    postcode: str


def folded(text: str) -> str:
    """Return a text without accents, case, doubled spaces and odd apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    plain = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(plain.casefold().split())


def plain_name(text: str) -> str:
    """Return "Zoë Nowak" for "Nowak, Zoë": a name in the list holds no comma."""
    last, _comma, first = text.partition(",")
    return " ".join(f"{first} {last}".replace(",", " ").split())


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def day_problem(
    started_on: date, ended_on: date | None, *, today: date
) -> tuple[Literal["started_on", "ended_on"], str] | None:
    """Return which day of a spell cannot be, and a sentence that says why."""
    if not FIRST_START <= started_on <= today + STARTS_AHEAD:
        sentence = _(
            "%(day)s cannot be a first day: it is too long ago or too far off."
        )
        return "started_on", sentence % {"day": date_format(started_on)}
    if ended_on is None:
        return None
    if ended_on < started_on:
        sentence = _("The last day, %(last)s, is before the first day, %(first)s.")
        days = {"last": date_format(ended_on), "first": date_format(started_on)}
        return "ended_on", sentence % days
    if ended_on > today + LEAVES_AHEAD:
        sentence = _("%(day)s is too far off for a last day.")
        return "ended_on", sentence % {"day": date_format(ended_on)}
    return None


def is_likely_duplicate(one: Place, other: Place) -> bool:
    """Say whether two entries look like one place, so that an officer has a look."""
    return bool(duplicate_reasons(one, other))


def duplicate_reasons(one: Place, other: Place) -> list[str]:
    """Return why two entries may be one place, in words; none when they are not alike.

    Only postcodes of one district, or with one slip between them, are compared: the
    same name in another town is another house. A name counts without the words every
    hotel has; an address without its flat, and only with the same house number.
    """
    is_near = is_slip_away(one.postcode, other.postcode)
    if not is_near and outward(one.postcode) != outward(other.postcode):
        return []
    reasons = []
    if _likeness(telling_words(one.name), telling_words(other.name)) >= SIMILAR_NAMES:
        reasons.append(_("nearly the same name"))
    if is_near and _is_same_street(one.street, other.street):
        reasons.append(_("nearly the same address"))
    return reasons


def near_postcode(postcode: str) -> Q:
    """Return the condition that narrows a table to what is worth comparing."""
    return Q(postcode__istartswith=outward(postcode)) | Q(
        postcode__iendswith=compact(postcode)[-3:]
    )


def is_slip_away(one: str, other: str) -> bool:
    """Say whether two postcodes are the same but for one character at most."""
    first, second = compact(one), compact(other)
    return len(first) == len(second) and sum(map(ne, first, second)) <= 1


def _is_same_street(one: str, other: str) -> bool:
    words, others = street_words(one), street_words(other)
    if not words or not others:
        return False
    numbers, theirs = ({w for w in some if w[0].isdigit()} for some in (words, others))
    if numbers and theirs and numbers != theirs:
        return False
    return _likeness(" ".join(words), " ".join(others)) >= SIMILAR_STREETS


def street_words(street: str) -> list[str]:
    """Return an address in words, written out and without flat, unit and floor."""
    without_flat = FLAT.sub(" ", folded(street))
    words = re.findall(r"[\w']+", without_flat)
    return [SHORT_STREETS.get(word, word) for word in words]


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
