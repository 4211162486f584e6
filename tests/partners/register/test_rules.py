from datetime import date, timedelta

import pytest

from partners.register.rules import (
    Place,
    folded,
    is_likely_duplicate,
    is_possible_last_day,
    is_possible_start,
    outward,
)

HARBOUR = Place("Harbour View Hotel", "2 Quay Street", "ZZ1 2ZZ")
TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    "other",
    (
        Place("HARBOUR VIEW", "2 Quay St", "zz12zz"),
        Place("The Harbor View Inn", "Elsewhere", "ZZ1 9AA"),
        Place("Something Else", "2 quay street", "ZZ1 2ZZ"),
    ),
)
def test_is_likely_duplicate_sees_the_same_house(other):
    assert is_likely_duplicate(HARBOUR, other)


@pytest.mark.parametrize(
    "other",
    (
        Place("Harbour View Hotel", "2 Quay Street", "ZZ11 2ZZ"),
        Place("Station Hotel", "9 Mill Lane", "ZZ1 2ZZ"),
        Place("Old Mill Hotel", "2 Quay Street", "ZZ1 9AA"),
    ),
)
def test_is_likely_duplicate_lets_another_house_pass(other):
    assert not is_likely_duplicate(HARBOUR, other)


def test_is_likely_duplicate_compares_names_made_of_common_words():
    assert is_likely_duplicate(
        Place("The Guest House", "", "ZZ1 2ZZ"), Place("Guest House", "", "ZZ1 3ZZ")
    )
    assert not is_likely_duplicate(
        Place("The Inn", "", "ZZ1 2ZZ"), Place("Guest House", "", "ZZ1 2ZZ")
    )


def test_outward_is_the_district_of_a_postcode():
    assert [outward(text) for text in ("ZZ1 2AB", "zz12ab", "ZZ")] == ["ZZ1", "ZZ1", ""]


def test_folded_leaves_out_accents_case_and_spaces():
    assert folded("  Zoë  O\u2019NEIL ") == "zoe o'neil"


@pytest.mark.parametrize(
    ("day", "answer"),
    (
        (date(1949, 12, 31), False),
        (date(1950, 1, 1), True),
        (TODAY + timedelta(days=183), True),
        (TODAY + timedelta(days=184), False),
    ),
)
def test_is_possible_start(day, answer):
    assert is_possible_start(day, today=TODAY) is answer


@pytest.mark.parametrize(
    ("day", "answer"),
    (
        (date(2026, 3, 1), False),
        (date(2026, 3, 2), True),
        (TODAY + timedelta(days=366), True),
        (TODAY + timedelta(days=367), False),
    ),
)
def test_is_possible_last_day(day, answer):
    start = date(2026, 3, 2)

    assert is_possible_last_day(day, started_on=start, today=TODAY) is answer
