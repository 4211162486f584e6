import pytest

from partners.register.opendata import Entry, district_of, tidy_postcode
from partners.register.opendata.entries import entry_of
from tests.partners.register.opendata.lists import place


def test_entry_keeps_the_place_and_no_rating():
    entry = entry_of(place(4211, "Harbour View Hotel"))

    assert entry == Entry(
        scheme_id=4211,
        authority_code="901",
        business_type=7842,
        name="Harbour View Hotel",
        street="72 Harbour Street",
        town="Ashbeck",
        postcode="ZZ1 1AB",
    )


@pytest.mark.parametrize(
    ("lines", "street", "town"),
    (
        (["The Lamp", "1 Mill Lane", "Ashbeck", "Kent"], "1 Mill Lane", "Ashbeck"),
        (["", "1 Mill Lane,", "", "Ashbeck"], "1 Mill Lane", "Ashbeck"),
        (["Unit 3", "Mill Lane", "Ashbeck", ""], "Unit 3, Mill Lane", "Ashbeck"),
        (["1 Mill Lane Ashbeck", "", "", ""], "1 Mill Lane Ashbeck", ""),
        (["", "", "", "Surrey"], "Surrey", ""),
        ([None, None, None, None], "", ""),
    ),
)
def test_entry_parts_street_and_town(lines, street, town):
    told = {f"AddressLine{at}": line for at, line in enumerate(lines, start=1)}

    entry = entry_of(place(1, "The Lamp", **told))

    assert entry
    assert (entry.street, entry.town) == (street, town)


@pytest.mark.parametrize(
    "changes",
    (
        {"FHRSID": None},
        {"FHRSID": "-3"},
        {"FHRSID": "12a"},
        {"FHRSID": "²"},
        {"FHRSID": 2**63},
        {"FHRSID": "9" * 5000},
        {"BusinessTypeID": ""},
        {"BusinessName": " \x00\t "},
        {"BusinessName": ["a"]},
    ),
)
def test_entry_without_number_type_or_name_is_none(changes):
    assert entry_of(place(1, "The Lamp", **changes)) is None


def test_entry_is_cut_to_what_a_row_holds():
    told = {f"AddressLine{at}": "é" * 4000 for at in range(1, 5)}

    entry = entry_of(place(2**63 - 1, "N" * 4000, **told, PostCode="Z" * 4000))

    assert entry
    assert len(entry.name) == len(entry.street) == 200
    assert len(entry.town) == 100
    assert entry.postcode == ""


@pytest.mark.parametrize(
    ("written", "tidy", "district"),
    (
        ("zz1 1ab", "ZZ1 1AB", "ZZ1"),
        ("ZZ11AB", "ZZ1 1AB", "ZZ1"),
        ("ZZ1A 1AB", "ZZ1A 1AB", "ZZ1A"),
        ("ZZ12", "ZZ12", "ZZ12"),
        ("not known", "", ""),
        ("", "", ""),
    ),
)
def test_postcodes_are_tidied(written, tidy, district):
    assert tidy_postcode(written) == tidy
    assert district_of(tidy) == district
