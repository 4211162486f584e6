from datetime import date

import pytest

from partners.register.spreadsheets import Field, Reason, Why, sort_out

TODAY = date(2026, 11, 18)
NAMES = ["Zoë Nowak", "Ben Okafor", "Ana Varga"]


def sort(heading, cells, named=None):
    rows = [[name, cell] for name, cell in zip(NAMES, cells, strict=True)]
    kept, dropped = sort_out(["Name", heading], rows, today=TODAY, named=named)
    return kept[1:], dropped


@pytest.mark.parametrize(
    ("cells", "field"),
    (
        (["Front desk", "HK", "Senior bartender"], Field.ROLE),
        (["2/11/2026", "13/3/2024", "46000"], Field.STARTED_ON),
        (["a@b.example", "c@d.example", "e@f.example"], Field.EMAIL),
        (["Nights", "Days", "Late"], Field.SHIFT),
    ),
)
def test_a_column_we_do_not_know_is_told_by_what_stands_in_it(cells, field):
    [column], dropped = sort("Zzz", cells)

    assert (column.field, column.why) == (field, Why.CONTENT)
    assert dropped == []


def test_a_column_without_heading_is_named_by_its_letter():
    [column], _dropped = sort("", ["Bar", "Bar", "HK"])

    assert (column.heading, column.field) == ("(B)", Field.ROLE)


@pytest.mark.parametrize(
    "cells",
    (
        ["1/2/1990", "13/3/1984", "5/6/2001"],
        ["tea", "coffee", "Front desk"],
        ["Polish", "English", "Polish"],
        ["", "", ""],
    ),
    ids=("birthdays", "anything", "languages", "nothing"),
)
def test_a_column_that_says_nothing_we_want_is_left_out(cells):
    kept, dropped = sort("Zzz", cells)

    assert kept == []
    assert [(column.heading, column.reason) for column in dropped] == [
        ("Zzz", Reason.UNKNOWN)
    ]


@pytest.mark.parametrize("heading", ("ID", "Zzz"))
@pytest.mark.parametrize(
    "cells",
    (
        ["QQ 12 34 56 C", "AB123456D", "JG 10 37 59 A"],
        ["07700 900123", "07700 900456", "+44 7700 900789"],
        ["1 Mill Lane, Ashbeck ZZ1 1ZZ", "ZZ1 2AB", "ZZ9 9ZZ"],
        ["£11.44", "£ 12,000.00", "£9"],
    ),
    ids=("insurance", "telephone", "address", "pay"),
)
def test_what_we_must_not_keep_is_known_by_its_look(heading, cells):
    cells = ["AB 12 34 56 C" if cell.startswith("QQ") else cell for cell in cells]

    kept, dropped = sort(heading, cells)

    assert kept == []
    assert [column.reason for column in dropped] == [Reason.SECRET]


def test_a_manager_may_name_a_column():
    [column], dropped = sort("Crew", ["x1", "x2", "x3"], {"Crew": Field.STAFF_NUMBER})

    assert (column.field, column.why) == (Field.STAFF_NUMBER, Why.NAMED)
    assert dropped == []


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    (
        ("Notes", ["on sick leave until May", "tea", "?"], Field.ROLE),
        ("B", ["1/2/1990", "13/3/1984", "5/6/2001"], Field.STARTED_ON),
        ("Story", ["he said that he would come later"] * 3, Field.STAFF_NUMBER),
    ),
)
def test_a_column_is_not_taken_for_what_it_cannot_be(heading, cells, field):
    kept, dropped = sort(heading, cells, {heading: field})

    assert kept == []
    assert [column.reason for column in dropped] == [Reason.MISNAMED]


def test_a_manager_cannot_name_what_we_must_not_keep():
    kept, dropped = sort("Salary", ["1", "2", "3"], {"Salary": Field.STAFF_NUMBER})

    assert kept == []
    assert [column.reason for column in dropped] == [Reason.FORBIDDEN]


def test_what_the_manager_names_wins_over_a_heading():
    rows = [["Zoë", "Bar", "Night porter"]] * 3

    kept, dropped = sort_out(
        ["Name", "Team", "Really"], rows, today=TODAY, named={"Really": Field.ROLE}
    )

    assert [(column.heading, column.field) for column in kept] == [
        ("Name", Field.NAME),
        ("Really", Field.ROLE),
    ]
    assert [column.heading for column in dropped] == ["Team"]
