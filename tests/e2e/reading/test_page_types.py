"""Every type of public page for every reader: axe, narrow, magnified, mirrored."""

from pathlib import Path

import pytest

from tests.e2e.crawling import PAGE_FACTS
from tests.e2e.judging import complaints
from tests.e2e.public_site import LANGUAGES
from tests.e2e.reading.whole_site import FEW_PAGES, PAGES

LOST_WORDS = (Path(__file__).parent / "lost_words.js").read_text()
MIRRORED = (Path(__file__).parent / "mirrored.js").read_text()
# 1280 by 1024 at four times its size.
MAGNIFIED = {"device_scale_factor": 4}


def look(site, page, kinds, language, judge):
    """Return the complaints about the pages that have any."""
    wrong = {}
    for kind in kinds:
        site.open(page, kind, language)
        wrong[kind] = judge(page)
    return {kind: found for kind, found in wrong.items() if found}


def words_lost(page):
    return page.evaluate(LOST_WORDS)


@pytest.mark.parametrize("language", ("en", "ur"))
def test_few_pages_satisfy_axe(whole_site, reader_at, language):
    phone = reader_at(390, bypass_csp=True)

    assert look(whole_site, phone, FEW_PAGES, language, complaints) == {}


@pytest.mark.proof
@pytest.mark.parametrize(
    ("language", "width"),
    (*((language, 390) for language in LANGUAGES), ("en", 1280), ("ur", 1280)),
)
def test_every_page_type_satisfies_axe(whole_site, reader_at, language, width):
    page = reader_at(width, bypass_csp=True)

    assert look(whole_site, page, PAGES, language, complaints) == {}


@pytest.mark.proof
def test_every_page_type_satisfies_axe_in_the_dark(whole_site, reader_at):
    page = reader_at(390, bypass_csp=True, color_scheme="dark")

    assert look(whole_site, page, PAGES, "en", complaints) == {}


def test_few_pages_lose_nothing_when_narrow(whole_site, reader_at):
    phone = reader_at(320)

    assert look(whole_site, phone, ("home", "audience"), "en", words_lost) == {}


@pytest.mark.proof
@pytest.mark.parametrize("language", ("en", "pl", "ur"))
def test_no_page_type_loses_words_when_narrow(whole_site, reader_at, language):
    phone = reader_at(320)

    assert look(whole_site, phone, PAGES, language, words_lost) == {}


@pytest.mark.proof
@pytest.mark.parametrize("language", ("en", "pl", "ur"))
def test_no_page_type_loses_words_when_magnified(whole_site, reader_at, language):
    desk = reader_at(320, **MAGNIFIED)
    desk.set_viewport_size({"width": 320, "height": 256})

    assert look(whole_site, desk, PAGES, language, words_lost) == {}


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_passage_says_its_language(whole_site, reader_at, language):
    phone = reader_at(390)

    def foreign(page):
        return page.evaluate(PAGE_FACTS)["foreign"]

    assert look(whole_site, phone, PAGES, language, foreign) == {}


def not_mirrored(page):
    return page.evaluate(MIRRORED)


@pytest.mark.parametrize("width", (390, 1280))
def test_few_urdu_pages_are_mirrored(whole_site, reader_at, width):
    page = reader_at(width)

    assert look(whole_site, page, FEW_PAGES, "ur", not_mirrored) == {}


@pytest.mark.proof
@pytest.mark.parametrize("width", (390, 1280))
def test_every_urdu_page_type_is_mirrored(whole_site, reader_at, width):
    page = reader_at(width)

    assert look(whole_site, page, PAGES, "ur", not_mirrored) == {}


EXIT_GAP = """(isMirrored) => {
    const box = document.querySelector(".govuk-js-exit-this-page-button")
        .getBoundingClientRect();
    return isMirrored ? box.left : document.documentElement.clientWidth - box.right;
}"""


def test_exit_button_stands_at_the_other_side_in_urdu(whole_site, reader_at):
    desk = reader_at(1280)
    whole_site.open(desk, "support")
    gap = desk.evaluate(EXIT_GAP, False)

    whole_site.open(desk, "support", "ur")

    assert desk.evaluate(EXIT_GAP, True) == pytest.approx(gap, abs=1)
    assert gap < 1280 / 3
