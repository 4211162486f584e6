"""Every type of public page, on one site that a whole file of tests reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page

from campaigns.routes.models import ServedPlace
from campaigns.routes.rules import folded
from core.models import Installation
from county.seasons import hold_seasons
from tests.e2e.public_site import served
from tests.factories.core import AreaFactory
from tests.shipped_content import load_shipped_content, load_shipped_translations

# By what it is: the address below the language.
PAGES = {
    "home": "",
    "door": "hotels/",
    "audience": "hotel-reception/",
    "guidance": "online/",
    "interruption": "pages/",
    "support": "pages/a7/",
    "bulletins": "bulletins/",
    "bulletin": "bulletins/law-2026/",
    "campaigns": "campaigns/",
    "campaign, running": "campaigns/hotels-that-ask/",
    "campaign, over": "campaigns/long-evenings/",
    "finder, when": "report/",
    "finder, now": "report/now/",
    "finder, what": "report/gone/",
    "finder, where": "report/gone/street/",
    "finder, answer": "report/gone/street/anywhere/",
    "every route": "report/all/",
    "search": "search/",
    "search, found": "search/",
    "search, nothing": "search/",
    "a to z": "a-to-z/",
    "nowhere": "nowhere/",
}
# What a busy machine can look at each time.
FEW_PAGES = ("home", "audience", "support", "finder, answer")
SEARCHED = {"search, found": "hotel", "search, nothing": "qqqq"}
ELSEWHERE = "/robots.txt"


@dataclass
class WholeSite:
    address: str
    spoken: set[str] = field(default_factory=lambda: {"en"})

    def open(self, page: Page, kind: str, language: str = "en") -> None:
        """Show a page of a kind, whole: styles, letters and what was searched for."""
        self.speak(language)
        answer = page.goto(path_of(kind, language))
        assert answer is not None
        assert answer.status == (404 if kind == "nowhere" else 200), kind
        if kind in SEARCHED:
            page.locator("#search").fill(SEARCHED[kind])
            page.locator("#search").press("Enter")
            page.locator("#results").wait_for()
            page.wait_for_load_state("load")

    def speak(self, language: str) -> None:
        """Load the pages in a language, once."""
        if language not in self.spoken:
            load_shipped_translations(
                now=timezone.now(), language=language, after=self.spoken
            )
            self.spoken.add(language)


def path_of(kind: str, language: str = "en") -> str:
    return PAGES[kind].join(("/" if language == "en" else f"/{language}/", ""))


@contextmanager
def shown(settings: Any, folder: Any) -> Iterator[WholeSite]:
    """Serve the site with all its pages, as in the demonstration."""
    settings.DEMONSTRATION = True
    area = AreaFactory.create(name="Ashbeck", slug="ashbeck")
    ServedPlace.objects.create(area=area, name="Ashbeck", folded=folded("Ashbeck"))
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
    now = timezone.now()
    load_shipped_content(now=now)
    hold_seasons(timezone.localdate(now))
    with served(settings, folder) as address:
        # A place of our own, so that nothing is asked of another host.
        settings.LEAVE_TO = f"{address}{ELSEWHERE}"
        yield WholeSite(address)
