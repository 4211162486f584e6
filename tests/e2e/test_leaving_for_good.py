"""After leaving, “back” shows nothing that the browser kept alive in its memory.

Playwright's browser keeps no page alive by default. The one here does, as phones do.
Without script the page just left stays in the way back, as the help pages say.
"""

from urllib.parse import urlsplit

import pytest

from tests.e2e.conftest import ARGUMENTS
from tests.e2e.stage import cookies_of, learner_client, set_up

HOTELS, SUPPORT, SAFER = "/hotels/", "/pages/a7/", "/pages/b2/"
EXIT = ".govuk-js-exit-this-page-button"


@pytest.fixture
def address(transactional_db, settings, live_server) -> str:
    # Another host to the browser, and yet our own: nothing leaves this machine.
    elsewhere = live_server.url.replace("localhost", "127.0.0.1")
    settings.LEAVE_TO = f"{elsewhere}/robots.txt"
    return str(live_server.url)


@pytest.fixture
def keeping_browser(browser, chromium):
    launched = browser.browser_type.launch(
        executable_path=chromium,
        args=list(ARGUMENTS),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield launched
    launched.close()


@pytest.fixture
def phone(keeping_browser, address):
    context = keeping_browser.new_context(base_url=address)
    yield context.new_page()
    context.close()


def walk(page, *paths):
    """Open pages one after the other, and sign each so that it is known again."""
    for path in paths:
        page.goto(path)
        page.evaluate("window.isTheSame = true")


def go_back(page):
    """Go back and return where to, and whether that page was kept alive."""
    # A page that was kept alive is not loaded again: nobody waits for that.
    page.go_back(wait_until="commit")
    is_same = page.evaluate("window.isTheSame === true")
    return urlsplit(page.url).path, is_same


def test_browser_keeps_pages_alive_when_nobody_leaves(phone):
    set_up()
    walk(phone, HOTELS, "/taxis/")

    assert go_back(phone) == (HOTELS, True)


def test_nothing_is_kept_alive_after_leaving(phone):
    set_up()
    walk(phone, HOTELS, SUPPORT, SAFER)

    phone.locator(EXIT).click()
    phone.wait_for_url("**/robots.txt")

    assert [go_back(phone), go_back(phone)] == [(SUPPORT, False), (HOTELS, False)]


def test_learner_does_not_come_back_after_leaving(phone, address):
    stage = set_up()
    phone.context.add_cookies(cookies_of(learner_client(stage), address))
    walk(phone, "/train/modules/", HOTELS)

    phone.locator(EXIT).click()
    phone.wait_for_url("**/robots.txt")

    assert go_back(phone) == ("/train/", False)
