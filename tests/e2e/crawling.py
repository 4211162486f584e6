"""Reads public pages in a real browser and notes what they hold, ask for and weigh."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, CDPSession, ConsoleMessage

from core.paths import is_private

PAGE_FACTS = (Path(__file__).parent / "page_facts.js").read_text()
# The way out leads elsewhere, by design; codes answer for themselves.
NOT_PAGES = ("/leave/", "/R/", "/T/", "/S/")
LARGEST_FIRST_VIEW = 60_000


@dataclass
class Reading:
    """One page as a new reader with an empty cache meets it."""

    path: str
    status: int
    facts: dict[str, Any]
    weight: int
    foreign: list[str]
    errors: list[str]

    def complaints(self) -> list[str]:
        """Return what is wrong with this page by itself."""
        facts = self.facts
        checks = {
            f"answered {self.status}": self.status != 200,
            f"{facts['headings']} first headings": facts["headings"] != 1,
            f"no language: {facts['language']!r}": not facts["language"],
            f"ids twice: {facts['repeatedIds']}": bool(facts["repeatedIds"]),
            f"keeps {facts['kept']}": bool(facts["kept"]),
            f"passages without their language: {facts['foreign']}": bool(
                facts["foreign"]
            ),
            f"asks others: {self.foreign}": bool(self.foreign),
            f"errors: {self.errors}": bool(self.errors),
            f"weighs {self.weight}": self.weight > LARGEST_FIRST_VIEW,
        }
        return [words for words, is_wrong in checks.items() if is_wrong]


class Reader:
    """Opens pages one after another, each as if it were the first."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self._own = (base_url, "data:")
        self._context = browser.new_context(
            base_url=base_url, viewport={"width": 390, "height": 844}, locale="en-GB"
        )
        self._page = self._context.new_page()
        self._weights: list[int] = []
        self._asked: list[str] = []
        self._errors: list[str] = []
        self._listen(self._context.new_cdp_session(self._page))

    def _listen(self, session: CDPSession) -> None:
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on(
            "Network.loadingFinished",
            lambda event: self._weights.append(int(event["encodedDataLength"])),
        )
        self._page.on("request", lambda request: self._asked.append(request.url))
        self._page.on("console", self._note)
        self._page.on("pageerror", lambda error: self._errors.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._errors.append(message.text)

    def read(self, path: str) -> Reading:
        for notes in (self._weights, self._asked, self._errors):
            notes.clear()
        answer = self._page.goto(path)
        assert answer is not None
        facts = self._page.evaluate(PAGE_FACTS)
        facts["kept"] += [cookie["name"] for cookie in self._context.cookies()]
        return Reading(
            path=path,
            status=answer.status,
            facts=facts,
            weight=sum(self._weights),
            foreign=[url for url in self._asked if not url.startswith(self._own)],
            errors=[*self._errors],
        )

    def close(self) -> None:
        self._context.close()


@dataclass
class Crawl:
    """What was read, and where its links lead."""

    readings: dict[str, Reading] = field(default_factory=dict)

    def follow(self, reader: Reader, start: str) -> None:
        """Read a page and all that can be reached from it without changing language."""
        waiting = [start]
        while waiting:
            path = waiting.pop(0)
            if path not in self.readings:
                self.readings[path] = reader.read(path)
                waiting += [
                    linked
                    for linked in self._pages_linked_from(path)
                    if _language(linked) == _language(start)
                ]

    def complaints(self) -> dict[str, list[str]]:
        found = {path: page.complaints() for path, page in self.readings.items()}
        for path, page in self.readings.items():
            found[path] += [f"dead link: {link}" for link in self._dead_links(page)]
        return {path: wrong for path, wrong in found.items() if wrong}

    def _pages_linked_from(self, path: str) -> Iterable[str]:
        for href in self.readings[path].facts["links"]:
            address = urlsplit(urljoin(path, href))
            if _is_page(address.scheme, address.path) and not address.netloc:
                yield address.path + (f"?{address.query}" if address.query else "")

    def _dead_links(self, page: Reading) -> Iterable[str]:
        """Yield links to a place that is not on the page they lead to."""
        for href in page.facts["links"]:
            address = urlsplit(urljoin(page.path, href))
            target = self.readings.get(address.path)
            if target is None or address.netloc or not address.fragment:
                continue
            if address.fragment not in target.facts["ids"]:
                yield href


def _is_page(scheme: str, path: str) -> bool:
    return not scheme and not is_private(path) and not path.startswith(NOT_PAGES)


def _language(path: str) -> str:
    first = path.split("/")[1] if path.count("/") > 1 else ""
    return first if len(first) == 2 else "en"
