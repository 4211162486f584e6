"""Which premises a business of the open data may be, the likeliest first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from partners.register.opendata.entries import district_of
from partners.register.rules import (
    Place,
    compact,
    is_likely_duplicate,
    telling_words,
)

MOST_CANDIDATES = 5


class Likeness(NamedTuple):
    """How alike two places are; compared part by part, the larger is the likelier."""

    has_same_postcode: bool
    of_names: float


@dataclass(frozen=True)
class Known:
    """Premises we know: `may_be_assumed` when they fit without an officer's look."""

    pk: int
    place: Place
    kind: str
    may_be_assumed: bool


class Candidate(NamedTuple):
    likeness: Likeness
    known: Known

    @property
    def is_sure_enough(self) -> bool:
        """Say whether an officer need not pick it: it is shown as picked."""
        return self.known.may_be_assumed and (
            self.likeness.has_same_postcode or self.likeness.of_names == 1
        )


class Matcher:
    """Premises by postcode district, to be compared with many businesses."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_district: dict[str, list[Known]] = defaultdict(list)
        for one in known:
            self._by_district[compact(one.place.postcode)[:-3]].append(one)

    def candidates(self, place: Place, *, apart: frozenset[int]) -> list[Candidate]:
        """List the premises it may be, without those told apart, likeliest first."""
        district = district_of(place.postcode)
        if not district:
            return []
        # Of a business at somebody's home we have the district alone: any whole
        # postcode of it lets the names be compared.
        whole = place if " " in place.postcode else _with_postcode(place, district)
        found = [
            Candidate(_likeness(place, known.place), known)
            for known in self._by_district[district]
            if known.pk not in apart and is_likely_duplicate(whole, known.place)
        ]
        found.sort(key=lambda one: (one.likeness, -one.known.pk), reverse=True)
        return found[:MOST_CANDIDATES]


def _with_postcode(place: Place, district: str) -> Place:
    return place._replace(postcode=f"{district} 0AA")


def _likeness(one: Place, other: Place) -> Likeness:
    names = SequenceMatcher(None, telling_words(one.name), telling_words(other.name))
    return Likeness(compact(one.postcode) == compact(other.postcode), names.ratio())
