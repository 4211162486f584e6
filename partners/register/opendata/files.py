"""Reads a whole list of one authority: the published XML or JSON, or our own download.

Whatever is handed over may be anything at all: it is bounded before it is parsed, no
entity is expanded, and nothing is given back unless the list was read to its end.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from partners.register.opendata.entries import Entry, entry_of
from partners.register.opendata.errors import OpenDataError

# The list of the largest authority has about 12 MB.
MAX_MEGABYTES = 25
MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
# The format has four levels and a score is on the fifth.
DEEPEST = 8
ROOT, COLLECTION, DETAIL = (
    "FHRSEstablishment",
    "EstablishmentCollection",
    "EstablishmentDetail",
)


@dataclass(frozen=True)
class Extract:
    """The entries of a list, each number once, and how many could not be read."""

    entries: list[Entry]
    unreadable: int


def read_list(content: bytes) -> Extract:
    """Read a list of the food hygiene open data, XML or JSON.

    :raises OpenDataError: when it is anything else, too large, or broken off.
    """
    if len(content) > MAX_BYTES:
        raise OpenDataError(too_large())
    head = content[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if not head:
        raise OpenDataError(_("This file is empty."))
    if head.startswith(b"<") and ROOT.encode() in head.replace(b"\0", b""):
        return _extract(_details_of_xml(content))
    if head.startswith((b"{", b"[")):
        return _extract(_details_of_json(content))
    raise OpenDataError(_not_a_list())


def too_large() -> str:
    return _(
        "This is larger than %(megabytes)d MB. The list of one authority is smaller: "
        "is it the right file?"
    ) % {"megabytes": MAX_MEGABYTES}


def read_page(content: bytes) -> Any:
    """Read an answer in JSON.

    :raises OpenDataError: when it is broken off or not JSON.
    """
    try:
        return json.loads(content)
    except UnicodeDecodeError as error:
        raise OpenDataError(_wrong_encoding()) from error
    # Deep nesting ends the parser's patience before ours.
    except (ValueError, RecursionError) as error:
        raise OpenDataError(_broken_off()) from error


def _extract(details: Iterable[Mapping[str, Any]]) -> Extract:
    entries: dict[int, Entry] = {}
    unreadable = 0
    for told in details:
        entry = entry_of(told)
        if entry is None:
            unreadable += 1
        else:
            entries[entry.scheme_id] = entry
    if not entries:
        raise OpenDataError(_("There is no business in this list."))
    return Extract(list(entries.values()), unreadable)


def _details_of_xml(content: bytes) -> Iterator[dict[str, str]]:
    try:
        yield from _walk(content)
    except DefusedXmlException as error:
        raise OpenDataError(
            _("This file defines words of its own, which a list never does.")
        ) from error
    except ParseError as error:
        raise OpenDataError(_broken_off()) from error
    # A name of an encoding that nobody knows, or signs that are not of it.
    except (LookupError, ValueError) as error:
        raise OpenDataError(_wrong_encoding()) from error


def _walk(content: bytes) -> Iterator[dict[str, str]]:
    path: list[Element] = []
    steps = iterparse(BytesIO(content), events=("start", "end"), forbid_dtd=True)
    for step, element in steps:
        if step == "start":
            path.append(element)
            if len(path) > DEEPEST or path[0].tag != ROOT:
                raise OpenDataError(_not_a_list())
            continue
        path.pop()
        if element.tag == DETAIL and path and path[-1].tag == COLLECTION:
            yield {part.tag: part.text or "" for part in element}
        if len(path) in {1, 2}:
            # What was read is let go: memory does not grow with the list.
            path[-1].clear()


def _details_of_json(content: bytes) -> Iterator[Mapping[str, Any]]:
    found: Any = read_page(content)
    if isinstance(found, dict) and isinstance(found.get(ROOT), dict):
        found = found[ROOT].get(COLLECTION)
        if isinstance(found, dict):
            found = found.get(DETAIL)
            found = [found] if isinstance(found, dict) else found
    elif isinstance(found, dict):
        found = found.get("establishments")
    if not isinstance(found, list):
        raise OpenDataError(_not_a_list())
    for told in found:
        yield told if isinstance(told, dict) else {}


def _not_a_list() -> str:
    return _(
        "This is not a list of the food hygiene open data. Choose the XML or JSON file "
        "of the authority."
    )


def _broken_off() -> str:
    return _("This list is damaged or breaks off. Nothing of it was taken.")


def _wrong_encoding() -> str:
    return _("The letters of this list cannot be read. Download it again as it is.")
