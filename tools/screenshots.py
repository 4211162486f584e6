#!/usr/bin/env python3
"""Draw docs/screenshots from the running demonstration: make run, then this.

Signs in as the people of `var/demo-accounts.json`, as a person would.
"""

import json
import subprocess
import sys
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


type Accounts = dict[str, dict[str, str]]


def sign_in(page: Page, role: str, accounts: Accounts) -> None:
    account = accounts[role]
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(account["email"])
    page.locator("input[name=password]").fill(account["password"])
    page.get_by_role("button", name="Sign in").click()
    if page.url.endswith("/2fa/authenticate/"):
        page.locator("input[name=code]").fill(
            said_by(sys.executable, ROOT / "manage.py", "demo_code", role).split()[-1]
        )
        page.get_by_role("button", name="Go on").click()


def said_by(*command: str | Path) -> str:
    """Run one of our own programs and return what it prints."""
    done = subprocess.run(  # noqa: S603 -- our own programs
        command, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


def draw(browser: Browser, base_url: str, accounts: Accounts) -> None:
    def person(size: dict[str, int], role: str = "") -> Page:
        context = browser.new_context(
            base_url=base_url, viewport=size, accept_downloads=True, locale="en-GB"
        )
        page = context.new_page()
        if role:
            sign_in(page, role, accounts)
        return page

    home = person(PHONE)
    home.goto("/")
    home.screenshot(path=FOLDER / "home-390.png")
    manager = person(DESK, "manager")
    manager.goto("/partners/")
    if manager.url.endswith("/partners/"):
        manager.locator("main a[href^='/partners/']").first.click()
    manager.screenshot(path=FOLDER / "portal-1280.png")
    poster(manager)
    board = person(DESK, "board")
    board.goto("/board/")
    board.screenshot(path=FOLDER / "board-1280.png")


def poster(manager: Page) -> None:
    """Keep the first page of the premises' newest poster as a picture."""
    manager.goto(manager.url.rstrip("/") + "/posters/")
    address = manager.locator("a[href$='.pdf']").first.get_attribute("href")
    pdf = manager.request.get(address or "").body()
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=0.9)
    picture.to_pil().save(FOLDER / "poster.png")


def main(base_url: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    accounts = json.loads((ROOT / "var" / "demo-accounts.json").read_text())
    chromium = said_by(ROOT / "tools" / "find_browser.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        draw(browser, base_url, accounts)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
