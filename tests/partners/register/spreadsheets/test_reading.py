import datetime

import pytest

from partners.register.spreadsheets import SpreadsheetError, read_table
from tests.partners.register.spreadsheets.files import (
    as_csv,
    as_locked_xlsx,
    as_ods,
    as_sparse_xlsx,
    as_tall_xlsx,
    as_xls,
    as_xlsx,
)

LIST = [
    ["Name", "Role", "Start date"],
    ["Zoë Nowak ", "Front desk", "02/11/2026"],
    ["", "", ""],
    ["  Ben\u00a0 Okafor", "HK", "13/11/2026"],
]
ROWS = [
    (2, ["Zoë Nowak", "Front desk", "02/11/2026"]),
    (4, ["Ben Okafor", "HK", "13/11/2026"]),
]


@pytest.mark.parametrize(
    "content",
    (
        as_csv(LIST),
        as_csv(LIST, separator=";", encoding="utf-8-sig"),
        as_csv(LIST, separator="\t", encoding="utf-16"),
        as_csv(LIST, separator=";", encoding="cp1252"),
        as_xlsx(LIST),
        as_csv(LIST, separator="|"),
        as_ods(LIST),
        as_xls(LIST),
    ),
    ids=(
        *("utf-8", "utf-8 with mark", "utf-16", "cp1252", "xlsx", "bars"),
        *("ods", "xls"),
    ),
)
def test_read_table_reads_what_people_send(content):
    table = read_table(content)

    assert table.headings == LIST[0]
    assert table.rows == ROWS


@pytest.mark.parametrize("above", (1, 9))
def test_read_table_finds_the_headings_within_ten_rows(above):
    title = [["Staff list of Harbour View", "", ""]] * above

    table = read_table(as_csv(title + LIST))

    assert table.headings == LIST[0]
    assert table.rows == [(number + above, cells) for number, cells in ROWS]


def test_read_table_is_not_misled_by_commas_in_a_list_with_semicolons():
    content = (
        "Staff list, Harbour View\nName;Role;Start date\n"
        "Nowak, Zoë;Front desk;02/11/2026\nOkafor, Ben;HK;13/11/2026\n"
    ).encode("cp1252")

    table = read_table(content)

    assert table.headings == LIST[0]
    assert [cells[0] for _number, cells in table.rows] == ["Nowak, Zoë", "Okafor, Ben"]


def test_read_table_takes_the_sheet_with_the_headings():
    table = read_table(as_xlsx([["Notes"], ["Nothing here"]], LIST, []))

    assert table.headings == LIST[0]
    assert table.other_sheets == ["Sheet 1"]


def test_read_table_writes_every_kind_of_cell_as_text():
    row = [
        "Zoë",
        datetime.date(2026, 3, 4),
        datetime.datetime(2026, 3, 4, 9, 30),  # noqa: DTZ001 -- as in Excel
        7.0,
        7.5,
        True,
        datetime.time(9, 30),
        None,
    ]

    table = read_table(as_xlsx([["Name", *"abcdefg"], row]))

    assert table.rows == [
        (
            2,
            ["Zoë", "2026-03-04", "2026-03-04", "7", "7.5", "TRUE", "09:30:00", ""],
        )
    ]


def test_read_table_reads_the_value_of_a_formula_and_never_runs_it():
    table = read_table(as_xlsx([["Name", "Role"], ['=HYPERLINK("x")', "Bar"]]))

    assert table.rows == [(2, ["", "Bar"])]


@pytest.mark.parametrize(
    ("content", "sentence"),
    (
        (b"", "This file is empty."),
        (b"\n\n ,, \n", "This file is empty."),
        (as_xlsx([]), "This file is empty."),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
        (b"%PDF-1.7 something", "not a spreadsheet we can read"),
        (b"<html><table></table></html>", "not a spreadsheet we can read"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a spreadsheet we can read"),
        (b"PK\x03\x04 and then nonsense", "not a spreadsheet we can read"),
        (as_csv(LIST, encoding="utf-16")[:-1], "not a spreadsheet we can read"),
        (b"Name\n\x81\x8d", "not a spreadsheet we can read"),
        (b"Name,Role\n" + b"x" * 200_000, "not a spreadsheet we can read"),
        (as_locked_xlsx(), "protected with a password"),
        (as_ods(LIST, is_encrypted=True), "protected with a password"),
        (as_sparse_xlsx(), "not a spreadsheet we can read"),
        (as_csv([["Name", *map(str, range(199))], ["A"]]), "has 200 columns"),
        (as_xlsx([["Name", *map(str, range(199))], ["A"]]), "has 200 columns"),
        (b"Name\n" + b"A\n" * 50_001, "more than 50,000 rows"),
        (as_tall_xlsx(), "more than 50,000 rows"),
        (b"Dear all,\nplease find", "no headings in the first 10 rows"),
        (as_csv([[""]] * 10 + LIST), "no headings in the first 10 rows"),
        (as_csv(LIST[:1]), "nobody below the headings"),
    ),
)
def test_read_table_refuses_with_a_sentence(content, sentence):
    with pytest.raises(SpreadsheetError, match=sentence):
        read_table(content)
