import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.register.opendata import MAX_BYTES, OpenDataError, read_list
from tests.partners.register.opendata.lists import (
    as_answer,
    as_json_file,
    as_xml,
    place,
)

PLACES = [
    place(11, "Café Röda & Rooms"),
    place(12, "The Lamp", PostCode=""),
    place(13, "Old Mill", BusinessTypeID=7843),
]
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE FHRSEstablishment [<!ENTITY a "ha">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    b"<FHRSEstablishment><Header>&c;</Header></FHRSEstablishment>"
)
OUTSIDE = (
    b'<!DOCTYPE FHRSEstablishment [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<FHRSEstablishment><Header>&x;</Header></FHRSEstablishment>"
)
NOT_A_LIST = "This is not a list of the food hygiene open data."
BROKEN = "This list is damaged or breaks off."
ENCODING = "The letters of this list cannot be read."


@pytest.mark.parametrize(
    "content",
    (
        as_xml(PLACES),
        as_xml(PLACES, encoding="utf-16"),
        as_xml(PLACES, encoding="iso-8859-1"),
        b"\xef\xbb\xbf" + as_xml(PLACES),
        as_json_file(PLACES),
        b"\xef\xbb\xbf" + as_json_file(PLACES),
        as_answer(PLACES),
        json.dumps(PLACES).encode(),
    ),
    ids=("xml", "utf-16", "latin-1", "mark", "json", "json-mark", "answer", "bare"),
)
def test_list_is_read_in_each_form_it_is_published_in(content):
    extract = read_list(content)

    assert [(entry.scheme_id, entry.name) for entry in extract.entries] == [
        (11, "Café Röda & Rooms"),
        (12, "The Lamp"),
        (13, "Old Mill"),
    ]
    assert extract.unreadable == 0


def test_list_of_one_business_in_json_is_read():
    whole = {"EstablishmentCollection": {"EstablishmentDetail": place(11, "The Lamp")}}

    extract = read_list(json.dumps({"FHRSEstablishment": whole}).encode())

    assert [entry.scheme_id for entry in extract.entries] == [11]


def test_list_counts_what_it_cannot_read_and_takes_a_number_once():
    places = [place(11, "The Lamp"), place(11, "The Lamp again"), place(0, "No number")]

    extract = read_list(as_xml(places))

    assert [entry.name for entry in extract.entries] == ["The Lamp again"]
    assert extract.unreadable == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    (
        (b"", "This file is empty."),
        (b"\xef\xbb\xbf  \n", "This file is empty."),
        (b"PK\x03\x04 a spreadsheet", NOT_A_LIST),
        (b"name,postcode\nThe Lamp,ZZ1 1AB\n", NOT_A_LIST),
        (b"<!doctype html><html><body>Sign in</body></html>", NOT_A_LIST),
        (b"<FHRSEstablishments/>", NOT_A_LIST),
        (b"<FHRSEstablishment>" + b"<a>" * 50_000, NOT_A_LIST),
        (b'{"authorities": []}', NOT_A_LIST),
        (b'{"establishments": {"FHRSID": 1}}', NOT_A_LIST),
        (b'{"FHRSEstablishment": {"EstablishmentCollection": 7}}', NOT_A_LIST),
        (b"<FHRSEstablishment/>", "There is no business in this list."),
        (b'{"establishments": [1, null, {}]}', "There is no business in this list."),
        (as_xml(PLACES)[:-40], BROKEN),
        (as_xml(PLACES).replace(b"&amp;", b"&"), BROKEN),
        (as_answer(PLACES)[:-40], BROKEN),
        (b"[" * 100_000, BROKEN),
        (as_xml(PLACES, encoding="iso-8859-1").replace(b"iso-8859-1", b"utf-8"), None),
        (as_xml(PLACES).replace(b'"utf-8"', b'"x-nobody"'), None),
        (json.dumps(PLACES, ensure_ascii=False).encode("latin-1"), ENCODING),
        (LAUGHS, "This file defines words of its own"),
        (OUTSIDE, "This file defines words of its own"),
        (b" " * (MAX_BYTES + 1), "This is larger than 25 MB."),
    ),
)
def test_list_that_is_none_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(OpenDataError) as refusal:
        read_list(content)

    assert str(refusal.value).startswith(sentence or (BROKEN, ENCODING))


def test_list_with_an_entity_it_never_defines_is_refused():
    content = as_xml(PLACES).replace(b"The Lamp", b"&lamp;")

    with pytest.raises(OpenDataError):
        read_list(content)


@given(
    st.binary(max_size=200)
    | st.builds(lambda tail: as_xml(PLACES)[: len(tail) * 9] + tail, st.binary())
    | st.builds(lambda tail: as_answer(PLACES)[: len(tail) * 9] + tail, st.binary())
)
def test_anything_is_read_to_its_end_or_refused(content):
    with contextlib.suppress(OpenDataError):
        assert read_list(content).entries
