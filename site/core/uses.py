"""Who uses a thing of a lower room: higher rooms register a finder when they are ready.

A sign does not know the pages, modules and checklists that refer to it. A finder tells
of all its uses at once, so that a list of signs asks each room one time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.enums import UseKind


@dataclass(frozen=True)
class Use:
    """One place that refers to a thing; `reference` names it for good."""

    kind: UseKind
    reference: str
    title: str
    url: str = ""


# Yields the key of each thing used, and the use.
type UseFinder = Callable[[], Iterable[tuple[str, Use]]]

_finders: dict[str, list[UseFinder]] = {}


def register(subject: str, finder: UseFinder) -> None:
    """Let `finder` tell what of its room uses a `subject`, such as "sign"."""
    _finders.setdefault(subject, []).append(finder)


def uses_by_key(subject: str) -> dict[str, list[Use]]:
    """Return the uses of every thing of this kind, each use once, by its key."""
    found: dict[str, dict[tuple[str, str], Use]] = {}
    for finder in _finders.get(subject, []):
        for key, use in finder():
            found.setdefault(key, {}).setdefault((use.kind, use.reference), use)
    return {key: [*uses.values()] for key, uses in found.items()}
