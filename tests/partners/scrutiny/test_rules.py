from itertools import product
from math import comb

import pytest

from partners.scrutiny.rules import (
    Interval,
    Share,
    is_small,
    is_too_few,
    newcombe,
    wilson,
)


@pytest.mark.parametrize(
    ("successes", "total", "low", "high"),
    ((2, 12, 5, 45), (1, 8, 2, 47), (4, 5, 38, 96), (0, 10, 0, 28), (10, 10, 72, 100)),
)
def test_wilson_agrees_with_published_values(successes, total, low, high):
    interval = wilson(successes, total)

    assert (round(100 * interval.low), round(100 * interval.high)) == (low, high)


def test_wilson_of_nothing_is_everything():
    assert wilson(0, 0) == Interval(0.0, 1.0)


@pytest.mark.parametrize(
    ("successes", "total", "too_few"),
    ((0, 9, True), (5, 10, True), (0, 10, False), (12, 24, False)),
)
def test_is_too_few_asks_for_ten_visits_and_forty_points(successes, total, too_few):
    assert is_too_few(wilson(successes, total), total) is too_few


@pytest.mark.parametrize(
    ("count", "small"), ((0, False), (1, True), (4, True), (5, False))
)
def test_is_small_spares_none_and_five(count, small):
    assert is_small(count) is small


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    (
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ),
)
def test_newcombe_agrees_with_the_published_table(first, second, low, high):
    """Newcombe 1998, table II, method 10; he takes the second from the first."""
    interval = newcombe(Share(*second), Share(*first))

    assert interval == pytest.approx((low, high), abs=0.00006)


def binomial(count, total, share):
    return comb(total, count) * share**count * (1 - share) ** (total - count)


@pytest.mark.parametrize("total", (12, 25, 60))
def test_wilson_covers_the_true_share_as_often_as_it_says(total):
    """Worked out exactly, over true shares from 2 to 98 per cent."""
    truths = [step / 100 for step in range(2, 99)]

    covered = [
        sum(
            binomial(count, total, truth)
            for count in range(total + 1)
            if wilson(count, total).low <= truth <= wilson(count, total).high
        )
        for truth in truths
    ]

    assert sum(covered) / len(covered) == pytest.approx(0.95, abs=0.012)
    assert min(covered) > 0.83


def test_newcombe_covers_the_true_difference_as_often_as_it_says():
    total, other = 12, 15
    covered = []
    intervals = {
        (count, more): newcombe(Share(more, other), Share(count, total))
        for count, more in product(range(total + 1), range(other + 1))
    }

    for truth, base in product((0.1, 0.3, 0.5, 0.7, 0.9), (0.2, 0.4, 0.6, 0.8)):
        covered.append(
            sum(
                binomial(count, total, truth) * binomial(more, other, base)
                for (count, more), interval in intervals.items()
                if interval.low <= truth - base <= interval.high
            )
        )

    assert sum(covered) / len(covered) == pytest.approx(0.955, abs=0.015)
    assert min(covered) > 0.92
