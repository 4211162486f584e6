from datetime import date

import pytest

from core.working_days import after_working_days, bank_holiday_name, is_working_day


@pytest.mark.parametrize(
    ("day", "name"),
    (
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 12, 28), "Boxing Day (observed)"),
        (date(2026, 8, 31), "Late Summer Bank Holiday"),
        (date(2026, 8, 3), ""),  # a bank holiday in Scotland only
        (date(2026, 11, 18), ""),
    ),
)
def test_bank_holidays_are_those_of_england(day: date, name: str) -> None:
    assert bank_holiday_name(day) == name


def test_weekends_and_bank_holidays_are_no_working_days() -> None:
    assert is_working_day(date(2026, 11, 18))
    assert not is_working_day(date(2026, 11, 21))
    assert not is_working_day(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    (
        (date(2026, 11, 18), 0, date(2026, 11, 18)),
        (date(2026, 11, 18), 2, date(2026, 11, 20)),
        (date(2026, 11, 18), 3, date(2026, 11, 23)),
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        # Christmas Day, the weekend, and Boxing Day's substitute.
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
    ),
)
def test_what_is_due_falls_on_a_working_day(
    start: date, days: int, expected: date
) -> None:
    assert after_working_days(start, days) == expected
