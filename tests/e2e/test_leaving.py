"""Leaving: by button, by keys, by the second link, without script, and not back."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.e2e.stage import Stage, cookies_of, learner_client, set_up

ELSEWHERE = "/robots.txt"
SUPPORT = "/pages/a7/"


@pytest.fixture
def stage(transactional_db, settings, live_server) -> Stage:
    # A place of our own, so that nothing is asked of another host.
    settings.LEAVE_TO = f"{live_server.url}{ELSEWHERE}"
    return set_up()


def test_leaving_a_page_of_help(page_at, stage):
    phone = page_at(390)
    for leave in (_by_button, _by_shift, _by_second_link):
        phone.goto("/hotels/")
        phone.goto(SUPPORT)

        leave(phone)

        phone.wait_for_url(f"**{ELSEWHERE}")
        phone.go_back()
        assert phone.url.endswith("/hotels/")


def _by_button(page):
    page.locator(".govuk-js-exit-this-page-button").click()


def _by_second_link(page):
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Exit this page"
    page.keyboard.press("Enter")


def _by_shift(page):
    lights = page.locator(".govuk-exit-this-page__indicator-light--on")
    for pressed in (1, 2):
        page.keyboard.press("Shift")
        assert lights.count() == pressed
    page.keyboard.press("Shift")


PRESS_AND_LOOK = """() => {
    document.querySelector(".govuk-js-exit-this-page-button").click();
    const heading = document.querySelector("h1");
    const overlay = document.querySelector(".govuk-exit-this-page-overlay");
    return [overlay.textContent, heading.checkVisibility()];
}"""


def test_overlay_hides_the_page_at_once(page_at, stage):
    phone = page_at(390)
    phone.goto(SUPPORT)

    # In one breath: before the browser has asked for the way out.
    seen = phone.evaluate(PRESS_AND_LOOK)

    assert seen == ["Loading.", False]
    phone.wait_for_url(f"**{ELSEWHERE}")


def test_leaving_works_without_script_and_stays_at_the_thumb(page_at, stage):
    phone = page_at(390, has_script=False)
    phone.goto(SUPPORT)
    button = phone.locator(".govuk-js-exit-this-page-button")
    phone.mouse.wheel(0, 3_000)

    box = button.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 844
    button.click()
    phone.wait_for_url(f"**{ELSEWHERE}")


def test_learner_who_leaves_is_signed_out(page_at, stage):
    phone = page_at(390)
    phone.context.add_cookies(cookies_of(learner_client(stage), page_at.base_url))
    phone.goto("/train/modules/")

    _by_button(phone)

    phone.wait_for_url(f"**{ELSEWHERE}")
    phone.goto("/train/modules/")
    assert phone.url.endswith("/train/")
    soon = timezone.now() + timedelta(hours=1)
    learners = [
        row
        for row in Session.objects.filter(expire_date__gt=soon)
        if "learner" in row.get_decoded()
    ]
    assert learners == []


def test_search_leaves_no_trace_in_the_address(page_at, stage):
    phone = page_at(390)
    phone.goto("/hotels/")

    phone.locator("#footer-search").fill("he is here")
    phone.locator("footer .search-form button").click()

    phone.wait_for_url("**/search/")
    assert phone.title().startswith("Search")
    first = phone.locator("main a[href^='tel:']").first
    assert first.get_attribute("href") == "tel:999"
    assert phone.context.cookies() == []
