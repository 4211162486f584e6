from datetime import date

import pytest

from partners.register.enums import Shift, StaffRole
from partners.register.spreadsheets import Entry, Field, date_order, read_entry
from partners.register.spreadsheets.dates import day_of

TODAY = date(2026, 11, 18)


def read(**changes):
    texts: dict[str, str | None] = {
        "name": "Zoë Nowak",
        "role": "Reception",
        "started_on": "2/11/2026",
    }
    texts |= changes
    return read_entry(
        {Field(field): text for field, text in texts.items() if text is not None},
        is_day_first=True,
        today=TODAY,
    )


def test_read_entry_of_a_full_row():
    entry, errors, remark = read(
        shift="Nights",
        ended_on="2026-11-30",
        staff_number="0042",
        email="Zoe@Hotel.example",
        language="Polish",
    )

    assert (errors, remark) == ({}, "")
    assert entry == Entry(
        name="Zoë Nowak",
        role=StaffRole.RECEPTION,
        shift=Shift.NIGHT,
        started_on=date(2026, 11, 2),
        ended_on=date(2026, 11, 30),
        staff_number="0042",
        email="zoe@hotel.example",
        language="pl",
    )


@pytest.mark.parametrize(
    ("text", "role"),
    (
        ("front desk", StaffRole.RECEPTION),
        ("Receptionist", StaffRole.RECEPTION),
        ("HK", StaffRole.HOUSEKEEPING),
        ("Room Attendants", StaffRole.HOUSEKEEPING),
        ("F&B", StaffRole.BAR),
        ("Night-Manager", StaffRole.MANAGER),
        ("Chef", StaffRole.OTHER),
        ("Security and door", StaffRole.SECURITY),
    ),
)
def test_read_entry_knows_words_for_roles(text, role):
    entry, _errors, _remark = read(role=text)

    assert entry.role == role


@pytest.mark.parametrize(
    ("texts", "name"),
    (
        ({"name": "Nowak, Zoë"}, "Zoë Nowak"),
        ({"name": None, "first_name": "Zoë", "last_name": "Nowak"}, "Zoë Nowak"),
        ({"name": None, "first_name": "", "last_name": "Nowak"}, "Nowak"),
    ),
)
def test_read_entry_puts_names_together(texts, name):
    entry, _errors, _remark = read(**texts)

    assert entry.name == name


@pytest.mark.parametrize(
    ("texts", "field", "sentence"),
    (
        ({"name": ""}, "name", "The name is missing."),
        ({"name": "1234"}, "name", "“1234” is not a name."),
        (
            {"name": "=1+1"},
            "name",
            "“=1+1” begins with =, which spreadsheets run as a formula.",
        ),
        (
            {"name": "Zoë, @SUM(A1)"},
            "name",
            "“@SUM(A1)” begins with @, which spreadsheets run as a formula.",
        ),
        (
            {"name": None, "first_name": "-x", "last_name": "Nowak"},
            "last_name",
            "“-x” begins with -, which spreadsheets run as a formula.",
        ),
        (
            {"staff_number": "=44"},
            "staff_number",
            "“=44” begins with =, which spreadsheets run as a formula.",
        ),
        ({"role": ""}, "role", "The role is missing."),
        (
            {"shift": "sometimes"},
            "shift",
            "“sometimes” is not a shift we know. Use day, evening, night or mixed.",
        ),
        ({"email": "zoe@"}, "email", "“zoe@” is not an e-mail address."),
        ({"started_on": ""}, "started_on", "The first day is missing."),
        (
            {"started_on": "soon"},
            "started_on",
            "“soon” is not a date. Write it like 31/12/2026.",
        ),
        (
            {"started_on": "31/02/2026"},
            "started_on",
            "“31/02/2026” is not a date. Write it like 31/12/2026.",
        ),
        (
            {"started_on": "1/1/1926"},
            "started_on",
            "1 January 1926 cannot be a first day: it is too long ago or too far off.",
        ),
        (
            {"ended_on": "1/11/2026"},
            "ended_on",
            "The last day, 1 November 2026, is before the first day, 2 November 2026.",
        ),
        (
            {"ended_on": "1/11/2036"},
            "ended_on",
            "1 November 2036 is too far off for a last day.",
        ),
    ),
)
def test_read_entry_says_what_is_wrong(texts, field, sentence):
    entry, errors, _remark = read(**texts)

    assert entry is None
    assert errors == {field: sentence}


def test_read_entry_names_the_roles_when_one_is_unknown():
    _entry, errors, _remark = read(role="Wizard")

    assert errors["role"].startswith("“Wizard” is not a role we know. Use one of these")


def test_read_entry_reports_every_wrong_cell_of_a_row():
    _entry, errors, _remark = read(role="", started_on="", email="zoe@")

    assert sorted(errors) == ["email", "role", "started_on"]


def test_read_entry_sets_english_for_a_language_we_do_not_offer():
    entry, _errors, remark = read(language="Hungarian")

    assert entry.language == "en"
    assert remark == "Training is not offered in Hungarian yet; English is set."


@pytest.mark.parametrize(
    ("texts", "is_day_first", "reason"),
    (
        (
            ["3/4/2026", "25/12/2026"],
            True,
            "25/12/2026 can only be read with the day first.",
        ),
        (
            ["3/4/2026", "12/25/2026"],
            False,
            "12/25/2026 can only be read with the month first.",
        ),
        (
            ["12/25/2026", "25/12/2026"],
            True,
            (
                "25/12/2026 has the day first and 12/25/2026 the month. "
                "We read the day first: look at the rows with a problem."
            ),
        ),
        (
            ["3/4/2026"],
            True,
            "Nothing in the file says otherwise, so 3/4 is read as 3 April.",
        ),
        (
            ["2026-04-03", ""],
            True,
            "Every date in the file can be read in one way only.",
        ),
    ),
)
def test_date_order_is_decided_once_and_says_why(texts, is_day_first, reason):
    order = date_order(texts)

    assert (order.is_day_first, order.reason) == (is_day_first, reason)


@pytest.mark.parametrize(
    "text",
    (
        "2026-04-03",
        "3/4/2026",
        "03.04.26",
        "3-4-2026",
        "3 April 2026",
        "3rd Apr 2026",
        "April 3, 2026",
        "3-Apr-26",
        "2026-04-03T00:00:00",
        "46115",
    ),
)
def test_day_of_reads_the_third_of_april(text):
    assert day_of(text, is_day_first=True) == date(2026, 4, 3)


def test_day_of_reads_the_month_first_when_told():
    assert day_of("3/4/2026", is_day_first=False) == date(2026, 3, 4)


@pytest.mark.parametrize("text", ("", "soon", "32/1/2026", "2026-13-01", "7"))
def test_day_of_what_is_no_day(text):
    assert day_of(text, is_day_first=True) is None
