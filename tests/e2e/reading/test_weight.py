"""How much somebody with an empty cache waits for, letters included."""

import pytest

from tests.e2e.crawling import LARGEST_FIRST_VIEW, Reader
from tests.e2e.public_site import LANGUAGES
from tests.e2e.reading.whole_site import PAGES, WholeSite, path_of

# The five heaviest in each language; the crawls marked `proof` weigh all there are.
HEAVIEST = ("every route", "home", "door", "audience", "guidance")
LETTERS = {"ur": "Noto Naskh Arabic"}


@pytest.fixture
def reader(browser, whole_site):
    reader = Reader(browser, whole_site.address)
    yield reader
    reader.close()


def too_heavy(site: WholeSite, reader: Reader, kinds, language):
    site.speak(language)
    read = {kind: reader.read(path_of(kind, language)) for kind in kinds}
    # So that no page is light because its letters never came.
    letters = LETTERS.get(language, "Atkinson Hyperlegible Next")
    assert {kind: set(page.facts["fonts"]) for kind, page in read.items()} == (
        {kind: {letters} for kind in kinds}
    )
    return {
        kind: page.weight
        for kind, page in read.items()
        if page.weight > LARGEST_FIRST_VIEW
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_heaviest_pages_are_light_at_first_view(whole_site, reader, language):
    assert too_heavy(whole_site, reader, HEAVIEST, language) == {}


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_type_is_light_at_first_view(whole_site, reader, language):
    kinds = [kind for kind in PAGES if kind != "nowhere"]

    assert too_heavy(whole_site, reader, kinds, language) == {}
