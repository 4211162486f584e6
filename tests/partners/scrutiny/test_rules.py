import pytest

from partners.scrutiny.rules import Interval, is_small, is_too_few, wilson


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
