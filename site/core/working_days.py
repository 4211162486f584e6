"""Working days in England: not Saturdays, not Sundays, no bank holidays.

The `holidays` package works them out and asks nothing of the network.
"""

from datetime import date, timedelta
from functools import cache

from holidays import HolidayBase, country_holidays

SATURDAY = 5


@cache
def _bank_holidays() -> HolidayBase:
    return country_holidays("GB", subdiv="ENG")


def bank_holiday_name(day: date) -> str:
    """Return the English name of the bank holiday on this day, or nothing."""
    return _bank_holidays().get(day) or ""


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and not bank_holiday_name(day)


def after_working_days(day: date, days: int) -> date:
    """Return the working day that lies so many working days after a day.

    None after a Saturday is the Monday: what is due falls on a day when offices answer.
    """
    while days > 0 or not is_working_day(day):
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day
