from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

# The 97.5 % point of the normal distribution: 95 % lie between minus and plus it.
Z = 1.959964
# Below this number of visits, or above this width, a share says too little to act on.
FEWEST_VISITS = 10
WIDEST_INTERVAL = 0.40
# Groups of people or visits smaller than this are not shown as a number.
SMALLEST_GROUP = 5


class Interval(NamedTuple):
    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


def wilson(successes: int, total: int) -> Interval:
    """Return the 95 % Wilson score interval of a share; all of it for no cases."""
    if not total:
        return Interval(0.0, 1.0)
    share = successes / total
    centre = share + Z**2 / (2 * total)
    spread = Z * sqrt(share * (1 - share) / total + Z**2 / (4 * total**2))
    scale = 1 + Z**2 / total
    return Interval(
        max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)
    )


def newcombe(before: "Share", after: "Share") -> Interval:
    """Return the 95 % interval of `after` minus `before`, two independent shares.

    Newcombe's hybrid score method without continuity correction: method 10 in
    R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890.
    """
    low_before, high_before = before.interval
    low_after, high_after = after.interval
    difference = after.share - before.share
    down = sqrt((after.share - low_after) ** 2 + (high_before - before.share) ** 2)
    up = sqrt((high_after - after.share) ** 2 + (before.share - low_before) ** 2)
    return Interval(difference - down, difference + up)


def is_too_few(interval: Interval, total: int) -> bool:
    """Say whether a share rests on too few visits, or is too wide, to tell."""
    return total < FEWEST_VISITS or interval.width > WIDEST_INTERVAL


def is_small(count: int) -> bool:
    """Say whether a count could single somebody out. None at all singles out no one."""
    return 0 < count < SMALLEST_GROUP


@dataclass(frozen=True)
class Share:
    """So many of so many, at least one, with the doubt that comes with few of them."""

    count: int
    total: int

    @property
    def share(self) -> float:
        return self.count / self.total

    @property
    def interval(self) -> Interval:
        return wilson(self.count, self.total)

    @property
    def per_cent(self) -> int:
        return round(100 * self.share)

    @property
    def low(self) -> int:
        return round(100 * self.interval.low)

    @property
    def high(self) -> int:
        return round(100 * self.interval.high)

    @property
    def is_too_few(self) -> bool:
        return is_too_few(self.interval, self.total)
