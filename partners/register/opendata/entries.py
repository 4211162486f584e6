"""What we keep of an entry of the food hygiene open data: the place and no rating.

Keys are those of the published format, the same in its XML files, its JSON files and
the answers of its service.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partners.register.rules import compact, folded

LARGEST_ID = 2**63 - 1
FULL_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
# At the end of many addresses; a county is no town.
COUNTIES = frozenset(
    {
        *("avon", "bedfordshire", "berkshire", "buckinghamshire", "cambridgeshire"),
        *("cheshire", "cleveland", "clwyd", "cornwall", "county durham", "cumbria"),
        *("derbyshire", "devon", "dorset", "dyfed", "east sussex", "essex"),
        *("east riding of yorkshire", "east yorkshire", "gloucestershire", "gwent"),
        *("greater london", "greater manchester", "gwynedd", "hampshire"),
        *("herefordshire", "hertfordshire", "humberside", "isle of wight", "kent"),
        *("lancashire", "leicestershire", "lincolnshire", "merseyside", "middlesex"),
        *("mid glamorgan", "norfolk", "north yorkshire", "northamptonshire"),
        *("northumberland", "nottinghamshire", "oxfordshire", "powys", "rutland"),
        *("shropshire", "somerset", "south glamorgan", "south yorkshire"),
        *("staffordshire", "suffolk", "surrey", "tyne and wear", "warwickshire"),
        *("west glamorgan", "west midlands", "west sussex", "west yorkshire"),
        *("wiltshire", "worcestershire", "england", "wales", "united kingdom", "uk"),
    }
)


@dataclass(frozen=True)
class Entry:
    """One business as the open data tells it; what is not told is empty."""

    scheme_id: int
    authority_code: str
    business_type: int
    name: str
    street: str
    town: str
    postcode: str


def entry_of(told: Mapping[str, Any]) -> Entry | None:
    """Return what we keep of an entry; nothing when it has no number, type or name."""
    scheme_id = _number(told.get("FHRSID"))
    business_type = _number(told.get("BusinessTypeID"))
    name = _words(told.get("BusinessName"), 200)
    if not (scheme_id and business_type and name):
        return None
    lines = [_words(told.get(f"AddressLine{number}"), 200) for number in range(1, 5)]
    street, town = _address(lines, name=name)
    return Entry(
        scheme_id=scheme_id,
        authority_code=_words(told.get("LocalAuthorityCode"), 10),
        business_type=business_type,
        name=name,
        street=street[:200],
        town=town[:100],
        postcode=tidy_postcode(_words(told.get("PostCode"), 40)),
    )


def tidy_postcode(text: str) -> str:
    """Return a postcode as it is written, a district alone, or nothing.

    Of a business at somebody's home the open data gives the district only.
    """
    letters = compact(text)
    if whole := FULL_POSTCODE.fullmatch(letters):
        return f"{whole[1]} {whole[2]}"
    return letters if DISTRICT.fullmatch(letters) else ""


def district_of(postcode: str) -> str:
    """Return the district: "ZZ1" of "ZZ1 2AB", and of "ZZ1"."""
    return postcode.split(" ", maxsplit=1)[0]


def _address(lines: list[str], *, name: str) -> tuple[str, str]:
    """Part the lines into street and town; with one line we know no town."""
    kept = [line for line in lines if line and folded(line) != folded(name)]
    if len(kept) > 1 and folded(kept[-1]) in COUNTIES:
        kept.pop()
    if len(kept) < 2:
        return ", ".join(kept), ""
    return ", ".join(kept[:-1]), kept[-1]


def _words(value: object, longest: int) -> str:
    text = value if isinstance(value, str) else ""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printable.split()).strip(" ,")[:longest]


def _number(value: object) -> int:
    """Return a number above nought that fits a row, or nought."""
    text = str(value) if isinstance(value, int | str) else ""
    if not (text.isascii() and text.isdigit() and len(text) <= 19):
        return 0
    return int(text) if int(text) <= LARGEST_ID else 0
