"""Words that need care: forms of every room ask, the guard of guidance answers.

The guard stands in a high room, forms stand in low ones. It is named here when it is
ready; until then nothing needs care.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import Model
from django.utils.translation import gettext as _

# Fields of words that the public does not read.
UNREAD = frozenset(
    {"slug", "key", "link", "route", "source", "search_words", "keep_note", "comment"}
)


@dataclass(frozen=True)
class Passage:
    """A text as it stands in one block or field, and its language."""

    text: str
    language: str


@dataclass(frozen=True)
class CarefulWord:
    """A phrase found in a passage, why it needs care and what to write instead."""

    phrase: int
    found: str
    reason: str
    instead: str
    passage: str

    def __str__(self) -> str:
        return _("“%(found)s”: %(reason)s Write instead: %(instead)s") % {
            "found": self.found,
            "reason": self.reason,
            "instead": self.instead,
        }


class Guard(Protocol):
    def undecided(
        self, passages: Iterable[Passage], *, subject: Model
    ) -> list[CarefulWord]:
        """Return what needs care and was not kept on purpose before."""

    def keep(
        self,
        words: Sequence[CarefulWord],
        *,
        subject: Model,
        note: str,
        by: Model,
        now: datetime,
    ) -> None:
        """Write down that somebody keeps these words on purpose, and why."""


class _NoGuard:
    def undecided(
        self, passages: Iterable[Passage], *, subject: Model
    ) -> list[CarefulWord]:
        return []

    def keep(
        self,
        words: Sequence[CarefulWord],
        *,
        subject: Model,
        note: str,
        by: Model,
        now: datetime,
    ) -> None:
        """Write nothing: there is no guard to have found anything."""


_guards: list[Guard] = [_NoGuard()]


def register(guard: Guard) -> None:
    _guards[0] = guard


def current() -> Guard:
    return _guards[0]
