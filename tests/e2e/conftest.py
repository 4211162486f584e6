"""A real browser against a real server.

A walk asks for `page_at` and gets one new person per call: `page_at(390)` on a phone,
`page_at(1280)` at a desk, each with cookies of their own.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as project
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

HEIGHTS = {390: 844, 1280: 900}
# Nothing in the browser itself may call home.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# The browser's own note of a 403 or 404 page: the walk looks at the page itself.
STATUS_NOTE = "Failed to load resource"


class Visitors:
    """Opens pages for new people and keeps what went wrong behind their backs."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self.base_url = base_url
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.contexts: list[BrowserContext] = []
        self._browser = browser
        self._host = urlsplit(base_url).netloc

    def __call__(self, width: int, *, has_script: bool = True, **options: Any) -> Page:
        context = self._browser.new_context(
            base_url=self.base_url,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            locale="en-GB",
            timezone_id="Europe/London",
            java_script_enabled=has_script,
            **options,
        )
        self.contexts.append(context)
        context.set_default_timeout(15_000)
        context.route("**/*", self._stay_home)
        page = context.new_page()
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def _stay_home(self, route: Route) -> None:
        if urlsplit(route.request.url).netloc == self._host:
            route.continue_()
            return
        self.foreign.append(route.request.url)
        route.abort()

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(STATUS_NOTE):
            self.errors.append(message.text)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the browser's path; the tool installs one if none is found."""
    if path := os.environ.get("CHROME"):
        return path
    found = subprocess.run(  # noqa: S603 -- our own script
        [project.BASE_DIR / "tools/find_browser.sh"],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return found.stdout.strip()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    # Playwright's loop runs in this thread, and so Django believes our queries are
    # made from async code. They are not: the loop waits while a test computes.
    with (
        pytest.MonkeyPatch.context() as patch,
        sync_playwright() as playwright,
    ):
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(
            executable_path=chromium, args=list(ARGUMENTS)
        )
        yield launched
        launched.close()


@pytest.fixture
def page_at(
    browser: Browser, live_server: LiveServer, settings: Any, request: Any
) -> Iterator[Visitors]:
    """Return a function that opens a page for a new person at a width.

    At the end nothing may have been asked of another host, and no script may have
    failed or been refused. A walk that means to leave empties `page_at.foreign`.
    """
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    yield from visiting(Visitors(browser, live_server.url), request)


def visiting(visitors: Visitors, request: Any) -> Iterator[Visitors]:
    """Give the visitors to a test and look afterwards at what happened behind it."""
    failures = request.session.testsfailed
    yield visitors
    if request.session.testsfailed > failures:
        _keep_pictures(visitors, request.node.name)
    for context in visitors.contexts:
        context.close()
    assert visitors.foreign == []
    assert visitors.errors == []


def _keep_pictures(visitors: Visitors, name: str) -> None:
    folder = Path(project.VAR_DIR) / "e2e"
    folder.mkdir(exist_ok=True)
    pages = [page for context in visitors.contexts for page in context.pages]
    for number, page in enumerate(pages, start=1):
        page.screenshot(path=folder / f"{name}-{number}.png", full_page=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
