"""1. A member of the public looks things up on a phone."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import HEIGHTS


def look_things_up(phone: Page) -> None:
    phone.goto("/")
    _emergency_is_first_and_seen(phone)
    phone.goto("/hotels/")
    _emergency_is_first_and_seen(phone)
    calls = phone.locator(".route-emergency__call, .route-card__call")
    numbers = calls.evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    in_order = list(dict.fromkeys(numbers))
    assert in_order[:3] == ["tel:999", "tel:101", "tel:0800555111"]
    expect(phone.get_by_text("Operation Makesafe").first).to_be_visible()
    for role in ("Hotel reception", "Housekeeping and maintenance"):
        expect(phone.get_by_role("heading", name=role).first).to_be_visible()
    _reads_no_cookie(phone)


def find_help(without_script: Page) -> None:
    """From the home page to help: by way of the page that says how to leave."""
    without_script.goto("/")
    without_script.get_by_role("link", name="I want help for me").click()
    expect(without_script).to_have_url(re.compile(r"/pages/$"))
    expect(without_script).to_have_title("Help and advice")
    without_script.locator("main").get_by_role("link", name="Go on").click()
    expect(without_script).to_have_url(re.compile(r"/pages/a7/$"))
    without_script.locator("main").get_by_role("link", name="Under 16").click()
    expect(without_script.get_by_role("heading", level=1)).to_have_text("Under 16")
    expect(without_script).to_have_title("Help and advice")


def leave_at_once(without_script: Page) -> None:
    """Without script the exit is an ordinary link to our own way out."""
    without_script.goto("/hotels/")
    exits = without_script.locator("a[href='/leave/']")
    assert exits.count() >= 1
    answer = without_script.request.get("/leave/", max_redirects=0)
    assert answer.headers["location"] == "https://www.bbc.co.uk/weather"


def _emergency_is_first_and_seen(phone: Page) -> None:
    call = phone.locator("a[href='tel:999']").first
    expect(call).to_be_visible()
    box = call.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < HEIGHTS[390]


def _reads_no_cookie(phone: Page) -> None:
    assert phone.context.cookies() == []
    assert phone.evaluate("localStorage.length + sessionStorage.length") == 0
