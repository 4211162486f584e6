"""Asks the food hygiene open data: politely, within bounds, and no other machine.

The service gives pages of one kind of business, the site the whole list of an authority
as a file. An answer that may come right by itself is waited for and asked for again.
"""

import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from core.outside import REDIRECTS, has_private_cause, outside_session
from partners.register.opendata.entries import Entry, entry_of
from partners.register.opendata.errors import OpenDataError
from partners.register.opendata.files import (
    MAX_BYTES,
    Extract,
    read_list,
    read_page,
    too_large,
)

AGENT = "Spot the Signs (list of premises in an area)"
VERSION = {"x-api-version": "2", "Accept": "application/json", "Accept-Language": "en"}
# Seconds to connect, and to wait for the next part of an answer.
TIMEOUT = (5, 20)
TRIES = 4
MAX_REDIRECTS = 3
LONGEST_PAUSE = 30.0
BLOCK = 64 * 1024
PAGE_SIZE = 200
# No authority has so many; an answer that says so is not to be followed.
MOST_PAGES = 500
PASSING = frozenset({429, 500, 502, 503, 504})


class _PassingError(Exception):
    """Something that may be over when one asks again; seconds to wait, if told."""

    def __init__(self, sentence: str, *, pause: float | None = None) -> None:
        super().__init__(sentence)
        self.pause = pause


@dataclass(frozen=True)
class Authority:
    """An authority of the scheme: `number` is what the service asks for."""

    number: int
    code: str
    name: str


@dataclass(frozen=True)
class Page:
    """One page of a list, and how many pages and businesses the list has."""

    entries: list[Entry]
    unreadable: int
    pages: int
    businesses: int


class OpenDataService:
    """Use it with `with`: it closes its connections.

    Every question raises OpenDataError, with a sentence, when it has no answer.
    """

    def __init__(self) -> None:
        self._session = outside_session(
            agent=AGENT, may_ask_itself=settings.OPEN_DATA_LOOPBACK
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._session.close()

    def authorities(self) -> list[Authority]:
        told = self._ask("/Authorities/basic").get("authorities")
        if not isinstance(told, list):
            raise OpenDataError(_not_understood())
        return [one for one in map(_authority, told) if one]

    def page(self, *, authority: int, business_type: int, number: int) -> Page:
        """Return one page, counted from 1, of the businesses of one kind."""
        time.sleep(settings.OPEN_DATA_PAUSE if number > 1 else 0)
        answer = self._ask(
            "/Establishments",
            localAuthorityId=authority,
            businessTypeId=business_type,
            pageNumber=number,
            pageSize=PAGE_SIZE,
        )
        told, meta = answer.get("establishments"), answer.get("meta")
        if not isinstance(told, list) or not isinstance(meta, dict):
            raise OpenDataError(_not_understood())
        pages = _count(meta.get("totalPages"), most=MOST_PAGES)
        businesses = _count(meta.get("totalCount"), most=MOST_PAGES * PAGE_SIZE)
        if pages is None or businesses is None:
            raise OpenDataError(_not_understood())
        entries = [entry_of(one) for one in told if isinstance(one, dict)]
        kept = [entry for entry in entries if entry]
        return Page(kept, len(told) - len(kept), pages, businesses)

    def whole_list(self, code: str) -> Extract:
        """Return the list of an authority from the file it publishes."""
        url = f"{settings.OPEN_DATA_FILES}FHRS{code}en-GB.xml"
        return read_list(self._patiently(url, {}))

    def _ask(self, path: str, **question: int) -> dict[str, Any]:
        content = self._patiently(settings.OPEN_DATA_API + path, question)
        answer = read_page(content)
        if not isinstance(answer, dict):
            raise OpenDataError(_not_understood())
        return answer

    def _patiently(self, url: str, question: dict[str, int]) -> bytes:
        pause = settings.OPEN_DATA_RETRY_PAUSE
        for tried in range(1, TRIES + 1):
            try:
                return self._once(url, question)
            except _PassingError as trouble:
                if tried == TRIES:
                    raise OpenDataError(str(trouble)) from trouble
                wanted = pause * tried if trouble.pause is None else trouble.pause
                time.sleep(min(wanted, LONGEST_PAUSE))
        raise AssertionError("the last try returns or raises")

    def _once(self, url: str, question: dict[str, int]) -> bytes:
        try:
            return self._follow(url, question)
        except requests.Timeout as error:
            raise _PassingError(
                _("The open data service did not answer in time.")
            ) from error
        except ValueError as error:
            # A redirect to what is no address at all.
            raise OpenDataError(_led_elsewhere()) from error
        except (requests.RequestException, OSError) as error:
            if has_private_cause(error):
                raise OpenDataError(_led_elsewhere()) from error
            raise _PassingError(
                _("The open data service cannot be reached, or its answer broke off.")
            ) from error

    def _follow(self, url: str, question: dict[str, int]) -> bytes:
        for _step in range(MAX_REDIRECTS + 1):
            with self._session.get(
                url,
                params=question,
                headers=VERSION,
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,
            ) as answer:
                if answer.status_code not in REDIRECTS:
                    return _content(answer)
                url = _next_address(url, answer.headers.get("Location", ""))
                # A redirect brings the whole question with it.
                question = {}
        raise OpenDataError(_led_elsewhere())


def _content(answer: requests.Response) -> bytes:
    if answer.status_code in PASSING:
        told = answer.headers.get("Retry-After", "")
        pause = float(told) if told.isascii() and told.isdigit() else None
        raise _PassingError(
            _("The open data service is busy or out of order (%(status)d).")
            % {"status": answer.status_code},
            pause=pause,
        )
    if answer.status_code != 200:
        raise OpenDataError(
            _(
                "The open data service does not know what we ask for (%(status)d). "
                "Check the number of the authority, or hand over its file."
            )
            % {"status": answer.status_code}
        )
    return _bounded(answer)


def _bounded(answer: requests.Response) -> bytes:
    """Read an answer to its end: as large as a list may be, and in our time."""
    until = time.monotonic() + settings.OPEN_DATA_PATIENCE
    content = bytearray()
    for block in answer.iter_content(BLOCK):
        content += block
        if len(content) > MAX_BYTES:
            raise OpenDataError(too_large())
        if time.monotonic() > until:
            raise requests.Timeout
    return bytes(content)


def _next_address(url: str, location: str) -> str:
    """Return where a redirect leads, when it stays with the service and its site."""
    known = [urlsplit(settings.OPEN_DATA_API), urlsplit(settings.OPEN_DATA_FILES)]
    target = urljoin(url, location)
    parts = urlsplit(target)
    # The port belongs to the host: another one is another machine's door.
    if (parts.scheme, parts.netloc) not in {(one.scheme, one.netloc) for one in known}:
        raise OpenDataError(_led_elsewhere())
    return target


def _authority(told: object) -> Authority | None:
    if not isinstance(told, dict):
        return None
    number = _count(told.get("LocalAuthorityId"), most=1_000_000)
    code, name = told.get("LocalAuthorityIdCode"), told.get("Name")
    # Whole countries have numbers below nought, and no list of their own.
    if not number or not isinstance(code, str) or not code.strip().isalnum():
        return None
    return Authority(number, code.strip()[:10], str(name or "")[:120])


def _count(value: object, *, most: int) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= most else None


def _not_understood() -> str:
    return _(
        "The open data service answered in a way we do not understand. "
        "Hand over the file of the authority instead."
    )


def _led_elsewhere() -> str:
    return _("The open data service sent us to another machine. Nothing was read.")
