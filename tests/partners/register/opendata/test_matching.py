import pytest

from partners.register.opendata.matching import Known, Matcher
from partners.register.rules import Place

LAMP = Known(1, Place("The Lamp Hotel", "1 Mill Lane", "ZZ1 1AB"), "hotel", True)
MILL = Known(2, Place("Old Mill", "1 Mill Lane", "ZZ1 1AB"), "hotel", True)
LAMPS = Known(3, Place("Lamps Inn", "8 Quay", "ZZ1 9ZZ"), "bnb", True)


@pytest.fixture
def matcher():
    return Matcher([LAMP, MILL, LAMPS])


def found(matcher, name, street, postcode, apart=()):
    place = Place(name, street, postcode)
    return [one.known.pk for one in matcher.candidates(place, apart=frozenset(apart))]


@pytest.mark.parametrize(
    ("name", "street", "postcode", "expected"),
    (
        ("The Lamp", "2 High Street", "ZZ1 5QQ", [1, 3]),
        ("The Lamp", "1 Mill Lane", "ZZ1 1AB", [1, 2, 3]),
        ("Mill View", "1 Mill Lane", "ZZ1 1AB", [2, 1]),
        ("Seaview", "9 Mill Lane", "ZZ1 5QQ", []),
        ("The Lamp", "1 Mill Lane", "ZZ2 1AB", []),
        # At somebody's home the open data tells the district alone.
        ("The Lamp", "", "ZZ1", [1, 3]),
        ("The Lamp", "1 Mill Lane", "", []),
    ),
)
def test_candidates_are_of_the_district_and_likeliest_first(
    matcher, name, street, postcode, expected
):
    assert found(matcher, name, street, postcode) == expected


def test_candidates_leave_out_what_was_told_apart(matcher):
    assert found(matcher, "The Lamp", "", "ZZ1 5QQ", apart=[1]) == [3]


@pytest.mark.parametrize(
    ("name", "postcode", "may_be_assumed", "is_sure"),
    (
        ("The Lamp", "ZZ1 5QQ", True, True),
        ("Lampe", "ZZ1 1AB", True, True),
        ("Lampe", "ZZ1 5QQ", True, False),
        ("The Lamp", "ZZ1 1AB", False, False),
    ),
)
def test_candidate_is_picked_when_name_or_postcode_is_the_same(
    name, postcode, may_be_assumed, is_sure
):
    matcher = Matcher([Known(1, LAMP.place, "hotel", may_be_assumed)])

    (candidate,) = matcher.candidates(Place(name, "", postcode), apart=frozenset())

    assert candidate.is_sure_enough is is_sure
