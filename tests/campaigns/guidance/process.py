"""One process that serves the site, with a page cache and a clock of its own."""

from typing import cast

from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from core.middleware import GetResponse, PageCacheMiddleware
from core.page_cache import Clock
from tests.core.test_page_cache import StoppedClock


class Process:
    """One process that serves the site, with a memory of its own."""

    def __init__(self, settings: Settings, clock: StoppedClock) -> None:
        self.clock = clock
        inner = BaseHandler()
        inner.load_middleware()
        # Only now: the handler within makes every page anew.
        settings.PAGE_CACHE_BYTES = 1_000_000
        self.cache = PageCacheMiddleware(
            cast("GetResponse", inner.get_response), Clock(clock.tick, clock.now)
        )
        settings.PAGE_CACHE_BYTES = 0

    def ask(self, path: str, method: str = "GET", **headers: str) -> HttpResponse:
        return self.cache(RequestFactory().generic(method, path, headers=headers))

    def read(self, path: str) -> str:
        response = self.ask(path)
        assert response.status_code == 200
        return response.text

    def read_a_second_later(self, path: str) -> str:
        self.clock.seconds += 1
        return self.read(path)

    @property
    def size(self) -> int:
        return self.cache.memory.size
