"""What a column holds, told by its heading, by its content or by the manager.

Nothing is stored here and nothing is kept that is not one of our fields: a column that
we cannot place, or must not keep, is left out before anything is written.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from partners.register.spreadsheets.dates import date_order, day_of
from partners.register.spreadsheets.headings import (
    Column,
    Field,
    Why,
    by_heading,
    forbidden,
)
from partners.register.spreadsheets.words import is_language, is_role, is_shift

# So many cells are looked at; what they say decides for the whole column.
LOOKED_AT = 200
MOST = 0.7
# Enough of a column that a manager named must read as what it is said to be.
SOME = 0.5
# Somebody born within these years does not work: such days can be first days only.
NOT_A_BIRTHDAY = timedelta(days=14 * 365)

SECRETS = (
    # National Insurance number, sort code with account, payment card, telephone.
    re.compile(r"[A-CEGHJ-PR-TW-Z][A-NP-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]", re.IGNORECASE),
    re.compile(r"\d{2}-\d{2}-\d{2} ?\d{8}"),
    re.compile(r"(\d{4}[ -]?){4}"),
    re.compile(r"(\+44 ?|0)[1-9][\d ]{8,11}"),
    # An address ends with a postcode.
    re.compile(r".*\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE),
    re.compile(r"[£€$] ?[\d,]+(\.\d\d)?"),
)


class Reason(TextChoices):
    FORBIDDEN = "forbidden", _("we must not keep it")
    SECRET = "secret", _("what stands in it is something we must not keep")
    UNKNOWN = "unknown", _("we do not know it")
    MISNAMED = "misnamed", _("it does not hold what you said")


@dataclass(frozen=True)
class Dropped:
    """A column that is left out, and why."""

    heading: str
    reason: Reason


def sort_out(
    headings: list[str],
    rows: Sequence[Sequence[str]],
    *,
    today: date,
    named: dict[str, Field] | None = None,
) -> tuple[list[Column], list[Dropped]]:
    """Part the columns into those we keep, with their field, and those we leave out.

    `named` is what the manager said of headings that we did not know.
    """
    headings = headings + [""] * (max(map(len, rows), default=0) - len(headings))
    # Of a column only so much is looked at, however long the list is.
    texts = {at: _first_texts(rows, at) for at in range(len(headings))}
    dropped: dict[int, Reason] = {}
    kept: dict[int, tuple[Field, Why]] = {
        at: (field, Why.HEADING) for at, field in by_heading(headings).items()
    }
    for at, cells in texts.items():
        if at not in kept and forbidden(headings[at]):
            dropped[at] = Reason.FORBIDDEN
        elif _is_secret(cells):
            kept.pop(at, None)
            dropped[at] = Reason.SECRET
    _take_named(headings, texts, kept, dropped, named or {}, today)
    _take_by_content(texts, kept, dropped, today)
    return (
        [
            Column(at, headings[at] or f"({get_column_letter(at + 1)})", *kept[at])
            for at in sorted(kept)
        ],
        [
            Dropped(headings[at], dropped.get(at, Reason.UNKNOWN))
            for at in texts
            if at not in kept and headings[at]
        ],
    )


def _first_texts(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    found = (row[at] for row in rows if len(row) > at and row[at])
    return list(islice(found, LOOKED_AT))


def _take_named(
    headings: list[str],
    texts: dict[int, list[str]],
    kept: dict[int, tuple[Field, Why]],
    dropped: dict[int, Reason],
    named: dict[str, Field],
    today: date,
) -> None:
    for at, heading in enumerate(headings):
        field = named.get(heading)
        if field is None or at in dropped:
            continue
        if _share(texts[at], field, today) < SOME:
            dropped[at] = Reason.MISNAMED
            continue
        for other in [a for a, (taken, _why) in kept.items() if taken == field]:
            del kept[other]
        kept[at] = (field, Why.NAMED)


def _take_by_content(
    texts: dict[int, list[str]],
    kept: dict[int, tuple[Field, Why]],
    dropped: dict[int, Reason],
    today: date,
) -> None:
    for field in TELLING:
        if field in {taken for taken, _why in kept.values()}:
            continue
        shares = {
            at: _share(cells, field, today)
            for at, cells in texts.items()
            if at not in kept and at not in dropped
        }
        best = max(shares, key=lambda at: shares[at], default=None)
        if best is not None and shares[best] >= MOST:
            kept[best] = (field, Why.CONTENT)


def _share(texts: list[str], field: Field, today: date) -> float:
    """Return how much of a column reads as this field; 0 of an empty one."""
    if not texts:
        return 0.0
    if field in {Field.STARTED_ON, Field.ENDED_ON}:
        return _share_of_days(texts, today)
    reads = READERS.get(field, _is_short)
    return sum(map(reads, texts)) / len(texts)


def _share_of_days(texts: list[str], today: date) -> float:
    """Return how many are days; 0 where they could be the birthdays of workers."""
    order = date_order(texts)
    days = [day_of(text, is_day_first=order.is_day_first) for text in texts]
    real = [day for day in days if day]
    recent = [day for day in real if day > today - NOT_A_BIRTHDAY]
    return len(real) / len(texts) if len(recent) * 2 > len(real) else 0.0


def _is_secret(texts: list[str]) -> bool:
    if not texts:
        return False
    return any(
        sum(bool(secret.fullmatch(text)) for text in texts) > len(texts) / 2
        for secret in SECRETS
    )


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _is_short(text: str) -> bool:
    """Names and numbers can be any short text; a note or a story is neither."""
    return len(text) <= 40 and len(text.split()) <= 5


# Fields that content alone gives away, the surest first. Not the language: under a
# heading we do not know, "Polish" may say where somebody comes from.
TELLING = (Field.EMAIL, Field.ROLE, Field.SHIFT, Field.STARTED_ON)
READERS: dict[Field, Callable[[str], bool]] = {
    Field.EMAIL: _is_email,
    Field.ROLE: is_role,
    Field.SHIFT: is_shift,
    Field.LANGUAGE: is_language,
}
