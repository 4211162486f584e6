"""How long something lasts, when some of it is not over yet (Kaplan and Meier)."""

from collections.abc import Mapping


def median_length(over: Mapping[int, int], all_of: Mapping[int, int]) -> int | None:
    """Return the first length by which half or less is estimated to last still.

    `all_of` counts by length so far, `over` those of them that ended then; the others
    are censored, at the same length after the endings. None while more than half last.
    """
    at_risk = sum(all_of.values())
    still_lasts = 1.0
    for length in sorted(all_of):
        still_lasts *= 1 - over.get(length, 0) / at_risk
        # Products of shares such as 3/4 by 2/3 must count as one half.
        if still_lasts <= 0.5 + 1e-9:
            return length
        at_risk -= all_of[length]
    return None
