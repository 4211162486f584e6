from datetime import date, timedelta

import pytest

from partners.register.rules import (
    Place,
    day_problem,
    duplicate_reasons,
    folded,
    is_likely_duplicate,
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
    ("started_on", "ended_on"),
    (
        (date(1950, 1, 1), None),
        (TODAY + timedelta(days=183), None),
        (date(2026, 3, 2), date(2026, 3, 2)),
        (date(2026, 3, 2), TODAY + timedelta(days=366)),
    ),
)
def test_day_problem_lets_possible_days_pass(started_on, ended_on):
    assert day_problem(started_on, ended_on, today=TODAY) is None


@pytest.mark.parametrize(
    ("started_on", "ended_on", "field"),
    (
        (date(1949, 12, 31), None, "started_on"),
        (TODAY + timedelta(days=184), None, "started_on"),
        (date(2026, 3, 2), date(2026, 3, 1), "ended_on"),
        (date(2026, 3, 2), TODAY + timedelta(days=367), "ended_on"),
    ),
)
def test_day_problem_names_the_day_that_cannot_be(started_on, ended_on, field):
    problem = day_problem(started_on, ended_on, today=TODAY)

    assert problem is not None
    assert problem[0] == field


GRAND = Place("The Grand Hotel", "14 Quay Street", "ZZ1 2ZZ")
STREET = Place("Elm Rooms", "14 Quay Street", "ZZ1 2ZZ")


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    (
        (GRAND, Place("Grand Hotel Ltd", "", "ZZ1 2ZZ"), ["nearly the same name"]),
        (GRAND, Place("Grand Hotel", "", "ZZ1 9AA"), ["nearly the same name"]),
        # One slip in the postcode: another district, the same house.
        (GRAND, Place("Grand Hotel", "", "ZZ2 2ZZ"), ["nearly the same name"]),
        (
            STREET,
            Place("Old Mill", "14 Quey St.", "ZZ1 2ZZ"),
            ["nearly the same address"],
        ),
        (
            STREET,
            Place("Old Mill", "Flat 3, 14 Quay Street", "ZZ1 2ZS"),
            ["nearly the same address"],
        ),
        (
            STREET,
            Place("Old Mill", "2nd floor, Unit B, 14 Quay st", "zz12zz"),
            ["nearly the same address"],
        ),
    ),
)
def test_duplicate_reasons_say_what_is_alike(one, other, reasons):
    assert duplicate_reasons(one, other) == reasons
    assert duplicate_reasons(other, one) == reasons


@pytest.mark.parametrize(
    "other",
    (
        # The house next door, the same number in another street, another town.
        Place("Old Mill", "16 Quay Street", "ZZ1 2ZZ"),
        Place("Old Mill", "14 Mill Lane", "ZZ1 2ZZ"),
        Place("Old Mill", "114 Quay Street", "ZZ1 2ZZ"),
        Place("Elm Rooms", "14 Quay Street", "ZZ9 8AA"),
        Place("Old Mill", "", "ZZ1 2ZZ"),
        Place("Old Mill", "Flat 1", "ZZ1 2ZZ"),
    ),
)
def test_duplicate_reasons_let_another_house_pass(other):
    assert duplicate_reasons(STREET, other) == []
