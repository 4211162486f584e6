import pytest

from core.survival import median_length


@pytest.mark.parametrize(
    ("over", "all_of", "median"),
    (
        ({}, {}, None),
        ({}, {5: 3}, None),
        ({5: 1}, {5: 1}, 5),
        # 3/4 by 2/3 is one half, in spite of how computers divide.
        ({1: 1, 2: 1}, {1: 1, 2: 1, 9: 2}, 2),
        # Who is censored at a length was at risk of what ended then.
        ({4: 1}, {4: 2}, 4),
        ({4: 1}, {4: 2, 9: 1}, None),
    ),
)
def test_median_is_when_half_or_less_last(over, all_of, median):
    assert median_length(over, all_of) == median
