"""Public pages kept in the memory of this process, each for one generation.

What is kept and answered is decided by `core.middleware.PageCacheMiddleware`. A view
that wants it says so with `kept`; pages of Wagtail are kept without being asked.
"""

import gzip
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from threading import Lock
from typing import Any, NamedTuple

from django.db import DatabaseError
from django.utils import timezone

from core.models import PublicGeneration
from core.remembering import Remembered

# Nothing public is stale for longer than this many seconds.
MAX_AGE = 1.0
# How well a page is packed: at once for who waits, then once for all who follow.
QUICKLY, WELL = 6, 9
# What a page costs beside its bytes: its headers, its key, its place in the order.
OVERHEAD = 2_000

type Key = tuple[str, str, str]
type Packed = tuple[bytes, dict[str, str]]


class Generation(NamedTuple):
    """What a page depends on beside its rows: equal means that it is still right."""

    number: int
    has_changed: bool
    day: date


@dataclass(frozen=True)
class Clock:
    """The two clocks of the cache: one that never jumps, and the one people read."""

    tick: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = timezone.now


class GenerationReader:
    """Knows the generation as it was at most a second ago."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._known: Generation | None = None
        self._read_at = 0.0

    def current(self) -> Generation | None:
        """Return the generation, or nothing when the database cannot tell."""
        # A thread that waits here reads nothing older than the one it waits for.
        with self._lock:
            tick = self._clock.tick()
            if self._known is None or tick - self._read_at >= MAX_AGE:
                self._known = self._read()
                self._read_at = tick
            return self._known

    def _read(self) -> Generation | None:
        try:
            row = PublicGeneration.objects.filter(pk=1).values_list(
                "number", "next_change_at"
            )
            number, next_change_at = row.first() or (0, None)
        except DatabaseError:
            return None
        now = self._clock.now()
        return Generation(
            number=number,
            has_changed=next_change_at is not None and next_change_at <= now,
            day=timezone.localdate(now),
        )


class KeptPage:
    """A whole answer in both its forms, plain and packed, with the headers of each."""

    def __init__(self, plain: bytes, headers: dict[str, str]) -> None:
        self.plain = plain
        # Weak, because all forms share it.
        self.etag = f'W/"{sha256(plain).hexdigest()[:32]}"'
        self.headers = headers | {"ETag": self.etag}
        self.plain_headers = self.headers | {"Content-Length": str(len(plain))}

    def pack(self, level: int) -> Packed:
        body = gzip.compress(self.plain, compresslevel=level, mtime=0)
        return body, self.headers | {
            "Content-Encoding": "gzip",
            "Content-Length": str(len(body)),
        }

    def packed_quickly(self) -> Packed:
        """Return the packed form for the reader who waited for the page to be made."""
        return self.pack(QUICKLY)

    def packed_well(self) -> Packed:
        """Return the packed form for all who come after, made for the first of them."""
        if self._packed is None:
            self._packed = self.pack(WELL)
        return self._packed

    _packed: Packed | None = None

    @property
    def size(self) -> int:
        # The packed form, made later, is less than half of the plain one.
        return len(self.plain) * 3 // 2 + OVERHEAD


class PageMemory:
    """Holds the pages of one generation, and lets the least asked for go when full."""

    def __init__(self, limit: int) -> None:
        self.size = 0
        self._limit = limit
        self._lock = Lock()
        self.generation: Generation | None = None
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._parts: Remembered = {}

    def parts(self, generation: Generation) -> Remembered:
        """Return what the pages of a generation share."""
        with self._lock:
            if generation != self.generation:
                self._forget_all(generation)
            return self._parts

    def find(self, generation: Generation, key: Key) -> KeptPage | None:
        with self._lock:
            if generation != self.generation:
                self._forget_all(generation)
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def keep(self, generation: Generation, key: Key, page: KeptPage) -> None:
        """Keep a page rendered in a generation, unless that is over by now."""
        with self._lock:
            if generation != self.generation or page.size > self._limit:
                return
            replaced = self._pages.pop(key, None)
            self.size += page.size - (replaced.size if replaced else 0)
            self._pages[key] = page
            while self.size > self._limit:
                _key, oldest = self._pages.popitem(last=False)
                self.size -= oldest.size

    def _forget_all(self, generation: Generation) -> None:
        self._pages.clear()
        # A new one: a page of the last generation may still be in the making.
        self._parts = {}
        self.size = 0
        self.generation = generation


def kept[View: Callable[..., Any]](view: View) -> View:
    """Let the answers of a view be kept.

    They may depend on the address, on watched rows and on the day, and on nothing else.
    """
    vars(view)["is_kept"] = True
    return view
