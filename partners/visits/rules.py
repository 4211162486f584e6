from collections.abc import Collection, Iterable
from typing import NamedTuple

from partners.visits.enums import TRANSITIONS, Outcome, Result, VisitState


class SeenStep(NamedTuple):
    """One line of a filled-in checklist, as far as the outcome depends on it."""

    step: str
    is_critical: bool
    result: str


def can_move(visit_state: str, to: VisitState) -> bool:
    return to in TRANSITIONS[VisitState(visit_state)]


def outcome_of(seen: Iterable[SeenStep], standard: Collection[str]) -> Outcome | None:
    """Compute the outcome of a visit from its observations and the area's standard.

    Only steps of the standard count, and of these only those that could happen. Good:
    every one was done. Gap: none was done, or a critical one was not. Partly: all else.
    None: no step of the standard could happen, so nothing can be said.
    """
    counted = [
        line
        for line in seen
        if line.step in standard and line.result != Result.NOT_APPLICABLE
    ]
    missed = [line for line in counted if line.result == Result.NO]
    if not counted:
        return None
    if not missed:
        return Outcome.GOOD
    if len(missed) == len(counted) or any(line.is_critical for line in missed):
        return Outcome.GAP
    return Outcome.PARTLY
