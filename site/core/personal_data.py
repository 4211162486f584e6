"""What the rooms know of one person: to hand a copy out, and to forget it.

The register knows who somebody is; training, messages and others know what they did. A
higher room registers here when it is ready, and neither copy nor forgetting leaves it
out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Section:
    """A heading, and rows of label → words under it."""

    title: str
    rows: list[dict[str, str]]


type Teller = Callable[[Any], Iterable[Section]]
type Forgetter = Callable[[Any, datetime], object]

_tellers: list[tuple[int, Teller]] = []
_forgetters: list[Forgetter] = []


def register(teller: Teller, *, order: int, forgetter: Forgetter | None = None) -> None:
    """Let a room tell what it knows of a person, and forget what names them.

    A forgetter runs inside the transaction that forgets, may run twice, and leaves
    history alone: that refers by id.
    """
    _tellers.append((order, teller))
    if forgetter is not None:
        _forgetters.append(forgetter)


def sections_about(person: Any) -> list[Section]:
    """Return what every room knows, leaving out rooms that know nothing."""
    tellers = sorted(_tellers, key=lambda entry: entry[0])
    told = (section for _order, teller in tellers for section in teller(person))
    return [section for section in told if section.rows]


def forget(person: Any, *, now: datetime) -> None:
    """Ask every room to forget what names a person."""
    for forgetter in _forgetters:
        forgetter(person, now)
