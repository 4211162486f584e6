from datetime import date

import pytest

from partners.register.spreadsheets import Field, sort_out
from partners.register.spreadsheets.headings import forbidden


def sort(headings):
    kept, dropped = sort_out(headings, [], today=date(2026, 11, 18))
    return kept, [column.heading for column in dropped]


@pytest.mark.parametrize(
    ("heading", "field"),
    (
        ("Name", Field.NAME),
        ("EMPLOYEE NAME:", Field.NAME),
        ("Forename", Field.FIRST_NAME),
        ("Surname", Field.LAST_NAME),
        ("Job Title", Field.ROLE),
        ("Dept.", Field.ROLE),
        ("Shift pattern", Field.SHIFT),
        ("Date joined", Field.STARTED_ON),
        ("Leaving date", Field.ENDED_ON),
        ("Payroll no.", Field.STAFF_NUMBER),
        ("E-mail address", Field.EMAIL),
        ("Preferred language", Field.LANGUAGE),
    ),
)
def test_sort_out_knows_many_spellings(heading, field):
    kept, dropped = sort([heading])

    assert [column.field for column in kept] == [field]
    assert dropped == []


@pytest.mark.parametrize(
    "heading",
    (
        "Date of birth",
        "DOB",
        "Salary (£)",
        "Hourly rate",
        "Ethnic origin",
        "Home address",
        "Post code",
        "Sickness days",
        "Disciplinary notes",
        "NI number",
        "Religion",
        "Mobile",
    ),
)
def test_columns_we_must_not_keep_are_left_out_and_named(heading):
    kept, dropped = sort(["Name", heading])

    assert [column.heading for column in kept] == ["Name"]
    assert dropped == [heading]
    assert forbidden(heading)


@pytest.mark.parametrize("heading", ("E-mail address", "Favourite tea", "Name"))
def test_other_columns_are_not_called_forbidden(heading):
    assert not forbidden(heading)


def test_sort_out_takes_the_better_of_two_columns_for_one_field():
    kept, dropped = sort(["Department", "Name", "Job title"])

    assert [(c.at, c.field) for c in kept] == [(1, Field.NAME), (2, Field.ROLE)]
    assert dropped == ["Department"]


def test_sort_out_reads_name_beside_first_name_as_the_family_name():
    kept, _dropped = sort(["First name", "Name"])

    assert [c.field for c in kept] == [Field.FIRST_NAME, Field.LAST_NAME]


def test_sort_out_prefers_the_whole_name_to_its_parts():
    kept, dropped = sort(["Full name", "First name", "Surname"])

    assert [c.field for c in kept] == [Field.NAME]
    assert dropped == ["First name", "Surname"]
