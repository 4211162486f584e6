"""Which way round a file writes its dates, and what day a text means."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

PARTS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?: .*)?")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
# Excel counts days from here on; only numbers that can be days at work are taken so.
SERIAL_ZERO = date(1899, 12, 30)
WORDS = ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%d %b %y", "%B %d %Y")


@dataclass(frozen=True)
class DateOrder:
    is_day_first: bool
    reason: str


def date_order(texts: Iterable[str]) -> DateOrder:
    """Decide once per file whether 03/04 is the third of April, and say why."""
    found = [match for text in texts if (match := PARTS.fullmatch(text))]
    days_first = [match[0] for match in found if int(match[1]) > 12]
    months_first = [match[0] for match in found if int(match[2]) > 12]
    if months_first and not days_first:
        return DateOrder(
            is_day_first=False,
            reason=_("%(date)s can only be read with the month first.")
            % {"date": months_first[0]},
        )
    if days_first and months_first:
        reason = _(
            "%(one)s has the day first and %(other)s the month. We read the day first: "
            "look at the rows with a problem."
        ) % {"one": days_first[0], "other": months_first[0]}
    elif days_first:
        reason = _("%(date)s can only be read with the day first.") % {
            "date": days_first[0]
        }
    elif found:
        reason = _("Nothing in the file says otherwise, so 3/4 is read as 3 April.")
    else:
        reason = _("Every date in the file can be read in one way only.")
    return DateOrder(is_day_first=True, reason=reason)


# Lists repeat their days: most are worked out once.
@lru_cache(maxsize=8192)
def day_of(text: str, *, is_day_first: bool) -> date | None:
    """Return the day a text means, or None when it is none."""
    try:
        if match := ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := PARTS.fullmatch(text):
            first, second = int(match[1]), int(match[2])
            day, month = (first, second) if is_day_first else (second, first)
            return date(_year(match[3]), month, day)
        if match := SERIAL.fullmatch(text):
            return SERIAL_ZERO + timedelta(days=int(match[1]))
    except ValueError:
        return None
    return _in_words(text)


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if year < 50 else 1900 + year


def _in_words(text: str) -> date | None:
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b|,", "", text)
    for pattern in WORDS:
        try:
            return datetime.strptime(plain, pattern).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None
