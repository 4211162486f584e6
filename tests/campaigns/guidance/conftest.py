import re
from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings
from wagtail.models import Page

from campaigns.guidance.loading import CONTENT, load_pages, load_synonyms
from campaigns.guidance.models import HomePage
from campaigns.guidance.services.reindexing import reindex_pages
from campaigns.guidance.translating import load_translations
from campaigns.routes.loading import load_routes
from campaigns.signs.loading import load_signs
from tests.campaigns.guidance.process import Process
from tests.campaigns.guidance.shipped_words import write_words
from tests.core.test_page_cache import StoppedClock
from tests.remembered_rows import made_once

FEW = (
    *("home", "hotels", "young-people", "privacy"),
    *("pages", "pages/a7", "pages/b2", "bulletins"),
)


@pytest.fixture
def few_pages(tmp_path: Path) -> Path:
    """Return a file with one page of each kind, cut from those we ship."""
    pages = re.split(r"^# ={9,}.*$", CONTENT.read_text(), flags=re.MULTILINE)
    chosen = [page for page in pages if any(f'slug = "{slug}"' in page for slug in FEW)]
    path = tmp_path / "pages.toml"
    path.write_text("".join(chosen))
    return path


@pytest.fixture
def home(db: None, now: datetime, few_pages: Path) -> HomePage:
    """Return the home page of a small site with all routes and signs that we ship."""

    def load() -> None:
        load_routes(today=now.date())
        load_signs()
        load_pages(site_name="Spot the Signs", now=now, path=few_pages)

    made_once(("home", now), load)
    page: HomePage = HomePage.objects.get()
    return page


@pytest.fixture
def whole_home(home: HomePage, now: datetime) -> HomePage:
    """Return the home page of the site as we ship it."""
    made_once(
        ("whole home", now), lambda: load_pages(site_name="Spot the Signs", now=now)
    )
    return home


@pytest.fixture
def process(home: HomePage, settings: Settings, now: datetime) -> Process:
    return Process(settings, StoppedClock(now))


@pytest.fixture
def other_process(process: Process, settings: Settings) -> Process:
    return Process(settings, process.clock)


@pytest.fixture
def polish_home(
    home: HomePage, now: datetime, tmp_path: Path, settings: Settings
) -> HomePage:
    """Return the English home page of the small site, which has all words in Polish."""
    write_words(tmp_path, "pl", Page.objects.all().specific())
    settings.LOCALE_PATHS = [tmp_path]
    settings.DEMONSTRATION = True
    made_once(
        ("polish home", now), lambda: load_translations(now=now, languages=["pl"])
    )
    return home


@pytest.fixture
def site(whole_home: HomePage) -> HomePage:
    """Return the site as we ship it, with its search words, and all of it indexed."""
    load_synonyms()
    reindex_pages()
    return whole_home


@pytest.fixture
def small_site(home: HomePage) -> HomePage:
    load_synonyms()
    reindex_pages()
    return home
