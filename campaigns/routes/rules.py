"""Questions about a route, answered from values and a day."""

import re
import unicodedata
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from campaigns.routes.enums import NUMBER_KINDS, FactKind

# How long a fact stays public after the day to check it by.
GRACE_DAYS = 14
# A route is on the list of checks this many days before it is due.
DUE_SOON_DAYS = 7
SHARED_ENDINGS = frozenset(
    {
        *("ac.uk", "co.uk", "gov.uk", "ltd.uk", "me.uk", "net.uk"),
        *("nhs.uk", "org.uk", "plc.uk", "police.uk", "sch.uk"),
    }
)
POSTCODE = re.compile(r"^([a-z]{1,2}[0-9][a-z0-9]?) ?[0-9][a-z]{2}$")


def is_overdue(check_by: date | None, *, today: date) -> bool:
    return check_by is not None and check_by < today


def is_past_grace(check_by: date | None, *, today: date) -> bool:
    """Say whether a fact is too old for the public to be sent there."""
    return check_by is not None and check_by + timedelta(days=GRACE_DAYS) < today


def next_check(checked_on: date, *, every_days: int) -> date:
    return checked_on + timedelta(days=every_days)


def problem_with_value(kind: str, value: str) -> str:
    """Say what is wrong with the value of a fact, or nothing."""
    if not value.strip():
        return _("Write the new value.")
    if kind in NUMBER_KINDS and not any(sign.isdigit() for sign in value):
        return _("A number needs digits.")
    if kind == FactKind.WEB and not is_web_address(value):
        return _("Write the address in full, beginning with https://.")
    return ""


def is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def folded(place: str) -> str:
    """Return the name of a place as it is compared: no case, accents or points."""
    plain = unicodedata.normalize("NFKD", place[:200]).casefold()
    kept = (
        " " if not sign.isalnum() else sign
        for sign in plain
        if not unicodedata.combining(sign)
    )
    words = " ".join("".join(kept).split())
    postcode = POSTCODE.match(words)
    return postcode[1] if postcode else words


def registrable(host: str) -> str:
    """Return the part of a host that somebody has registered: two labels, or three.

    Only the shared endings that British addresses have are known here.
    """
    labels = host.lower().rstrip(".").split(".")
    number = 3 if ".".join(labels[-2:]) in SHARED_ENDINGS else 2
    return ".".join(labels[-number:])
