"""What every public page promises whoever reads it, held in a real browser."""

import pytest
from django.utils import timezone

from core.models import Installation
from county.seasons import hold_seasons
from tests.e2e.crawling import Crawl, Reader
from tests.e2e.public_site import LANGUAGES, served
from tests.shipped_content import load_shipped_content, load_shipped_translations


@pytest.fixture
def site(transactional_db, area, settings, tmp_path):
    """Return the address of the site with all its pages, as in the demonstration."""
    settings.DEMONSTRATION = True
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
    now = timezone.now()
    load_shipped_content(now=now)
    hold_seasons(timezone.localdate(now))
    with served(settings, tmp_path) as address:
        yield address


@pytest.fixture
def reader(browser, site):
    reader = Reader(browser, site)
    yield reader
    reader.close()


def test_every_english_page_keeps_its_promises(reader):
    crawl = Crawl()

    crawl.follow(reader, "/")

    assert crawl.complaints() == {}
    assert len(crawl.readings) > 20


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("are_translated", (True, False))
def test_pages_in_other_languages_keep_their_promises(reader, language, are_translated):
    if are_translated:
        load_shipped_translations(now=timezone.now(), language=language, after=["en"])
    crawl = Crawl()

    crawl.follow(reader, f"/{language}/")

    assert crawl.complaints() == {}
    assert len(crawl.readings) > 20
