"""How often a page is looked at again, and how soon a page handed in is."""

from calendar import monthrange
from datetime import date, timedelta

from campaigns.guidance.enums import Priority

# Pages that say what to do, or that speak to a person harmed, age fastest.
MONTHS_OF_ADVICE = 6
MONTHS = 12
DAYS_TO_APPROVE = {Priority.URGENT: 1, Priority.NORMAL: 7, Priority.LOW: 21}


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def approve_by(day: date, priority: Priority) -> date:
    return day + timedelta(days=DAYS_TO_APPROVE[priority])
