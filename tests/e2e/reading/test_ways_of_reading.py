"""Reading without script, with the keyboard alone and on paper."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.reading.whole_site import ELSEWHERE, FEW_PAGES, PAGES, path_of

FOCUSED = (Path(__file__).parent / "focused.js").read_text()
PRINTED = (Path(__file__).parent / "printed.js").read_text()


def read_without_script(site, page, kind):
    """Return what is missing from a page to someone without script."""
    site.open(page, kind)
    checks = {
        "first heading": page.locator("main h1").is_visible(),
        "999": page.locator("a[href='tel:999']").first.is_visible(),
        "words": len(page.locator("main").inner_text()) > 100,
        "way out": page.locator("a.govuk-js-exit-this-page-button").is_visible(),
    }
    for number, folded in enumerate(page.locator("details").all()):
        folded.locator("summary").focus()
        page.keyboard.press("Enter")
        inside = folded.locator(":scope > :not(summary)").first
        checks[f"folded part {number}"] = inside.is_visible()
    return [what for what, is_there in checks.items() if not is_there]


def test_few_pages_can_be_read_without_script(whole_site, reader_at):
    phone = reader_at(390, has_script=False)

    found = {kind: read_without_script(whole_site, phone, kind) for kind in FEW_PAGES}

    assert found == {kind: [] for kind in FEW_PAGES}


@pytest.mark.proof
def test_every_page_type_can_be_read_without_script(whole_site, reader_at):
    phone = reader_at(390, has_script=False)

    found = {kind: read_without_script(whole_site, phone, kind) for kind in PAGES}

    assert found == {kind: [] for kind in PAGES}


def follow(page, selector):
    page.locator(selector).focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("has_script", (True, False))
def test_finder_leads_to_a_number_by_keyboard(whole_site, reader_at, has_script):
    phone = reader_at(390, has_script=has_script)
    whole_site.open(phone, "home")
    follow(phone, f".site-nav a[href='{path_of('finder, when')}']")
    phone.wait_for_url("**/report/")

    follow(phone, f"main a[href='{path_of('finder, what')}']")
    phone.wait_for_url("**/report/gone/")
    follow(phone, f"main a[href='{path_of('finder, where')}']")
    phone.wait_for_url("**/report/gone/street/")
    phone.locator("#place").fill("Ashbeck")
    follow(phone, "#place")

    phone.wait_for_url("**/report/gone/street/ashbeck/")
    expect(phone.locator("main a[href='tel:101']").first).to_be_visible()


@pytest.mark.parametrize("has_script", (True, False))
def test_search_leads_to_a_page_by_keyboard(whole_site, reader_at, has_script):
    phone = reader_at(390, has_script=has_script)
    whole_site.open(phone, "audience")
    phone.locator("#footer-search").fill("taxi")
    follow(phone, "#footer-search")
    phone.wait_for_url("**/search/")

    follow(phone, ".result__title[href='/taxis/']")

    phone.wait_for_url("**/taxis/")
    expect(phone.locator("h1")).to_be_visible()


def test_skip_link_leads_past_the_menus(whole_site, reader_at):
    desk = reader_at(1280)
    whole_site.open(desk, "audience")

    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")

    expect(desk.locator("main")).to_be_focused()


PRESS_SHIFT_AND_LOOK = """() => {
    for (let pressed = 0; pressed < 3; pressed += 1) {
        document.dispatchEvent(
            new KeyboardEvent("keyup", { key: "Shift", bubbles: true })
        );
    }
    const overlay = document.querySelector(".govuk-exit-this-page-overlay");
    return [overlay?.textContent, document.querySelector("h1").checkVisibility()];
}"""


def test_three_times_shift_hides_the_page_at_once(whole_site, reader_at):
    phone = reader_at(390)
    whole_site.open(phone, "support")

    # In one breath: before the browser has asked for the way out.
    seen = phone.evaluate(PRESS_SHIFT_AND_LOOK)

    assert seen == ["Loading.", False]
    phone.wait_for_url(f"**{ELSEWHERE}")


def test_language_is_chosen_by_keyboard(whole_site, reader_at):
    phone = reader_at(390)
    whole_site.open(phone, "audience")
    follow(phone, ".languages__summary")
    expect(phone.locator(".languages__link[lang=ur]")).to_be_visible()

    follow(phone, ".languages__link[lang=ur]")

    phone.wait_for_url(f"**{path_of('audience', 'ur')}")
    assert phone.locator("html").get_attribute("dir") == "rtl"


def test_folded_routes_open_and_close_by_keyboard(whole_site, reader_at):
    phone = reader_at(390)
    whole_site.open(phone, "audience")
    inside = phone.locator("main details.folded .route-card").first
    expect(inside).to_be_hidden()

    follow(phone, "main details.folded summary >> nth=0")
    expect(inside).to_be_visible()
    phone.keyboard.press("Enter")

    expect(inside).to_be_hidden()


def walk_by_tab(page):
    """Return what is wrong with going from one thing to the next by Tab alone."""
    page.evaluate(FOCUSED)
    wrong, order = [], []
    for _step in range(300):
        page.keyboard.press("Tab")
        at = page.evaluate("window.focused()")
        if at is None or at["place"] in order:
            break
        order.append(at["place"])
        wrong += at["wrong"]
    if order != sorted(order):
        wrong.append("the order is not that of the page")
    missed = page.evaluate("(order) => window.missed(order)", order)
    return wrong + [f"cannot be reached: {what}" for what in missed]


def first_two(page):
    stops = []
    for _step in range(2):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.getAttribute('href')"))
    return stops


@pytest.mark.parametrize("kind", ("audience", "finder, where"))
def test_tab_reaches_everything_and_shows_where_it_is(whole_site, reader_at, kind):
    desk = reader_at(1280)
    whole_site.open(desk, kind)

    assert walk_by_tab(desk) == []


@pytest.mark.proof
@pytest.mark.parametrize("colour_scheme", ("light", "dark"))
@pytest.mark.parametrize("width", (390, 1280))
def test_tab_reaches_everything_on_every_page_type(
    whole_site, reader_at, width, colour_scheme
):
    page = reader_at(width, color_scheme=colour_scheme)
    wrong = {}
    for kind in PAGES:
        whole_site.open(page, kind)
        if first_two(page) != ["#main", "/leave/"]:
            wrong[f"{kind} begins"] = "not with the skip link and the way out"
        whole_site.open(page, kind)
        wrong[kind] = walk_by_tab(page)

    assert {kind: found for kind, found in wrong.items() if found} == {}


def print_out(site, page, kinds, language):
    page.emulate_media(media="print")
    found = {}
    for kind in kinds:
        site.open(page, kind, language)
        found[kind] = page.evaluate(PRINTED)
    return {kind: wrong for kind, wrong in found.items() if wrong}


def test_few_pages_print_what_paper_can_use(whole_site, reader_at):
    # A dark screen must not make a dark sheet.
    desk = reader_at(800, color_scheme="dark")

    assert print_out(whole_site, desk, FEW_PAGES, "en") == {}


@pytest.mark.proof
@pytest.mark.parametrize("language", ("en", "pl", "ur"))
def test_every_page_type_prints_what_paper_can_use(whole_site, reader_at, language):
    desk = reader_at(800)

    # Without the pages that a search makes: nobody prints a form.
    kinds = [kind for kind in PAGES if not kind.startswith("search")]
    assert print_out(whole_site, desk, kinds, language) == {}
