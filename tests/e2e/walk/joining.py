"""2. A hotel manager asks to join; an officer lets the hotel in."""

import re

from django.core import mail
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.e2e.walk.cast import Cast, sign_in

EMAIL = "mara@lantern-house.example"
PASSWORD = "seven green lanterns"


def ask_to_join(desk: Page, run_jobs) -> None:
    desk.goto("/partners/join/")
    desk.get_by_label("Name of the premises").fill("Lantern House Hotel")
    desk.get_by_label("What kind of place is it?").select_option(label="Hotel")
    desk.get_by_label("Building and street").fill("4 Mill Lane")
    desk.get_by_label("Town or city").fill("Ashbeck")
    desk.get_by_label("Postcode").fill("ZZ1 1ZZ")
    desk.get_by_label("Area").select_option(label="Ashbeck")
    desk.get_by_label("Your name").fill("Mara Lind")
    desk.get_by_label("Your e-mail address at work").fill(EMAIL)
    desk.locator("main form button[type=submit]").click()
    # The browser does its sum first, which takes a while on a busy machine.
    expect(desk).to_have_url(re.compile("/join/sent/"), timeout=30_000)
    run_jobs()
    desk.goto(link_in_mail(EMAIL))
    desk.get_by_role("button", name="Yes, this is my address").click()
    expect(desk.locator("main")).to_contain_text("officer")


def let_the_hotel_in(desk: Page, cast: Cast, run_jobs) -> None:
    sign_in(desk, cast.officer)
    desk.goto("/cms/requests/")
    desk.get_by_role("link", name="Lantern House Hotel").click()
    desk.get_by_role("button", name="Approve").click()
    run_jobs()


def land_in_the_portal(desk: Page) -> User:
    desk.goto(link_in_mail(EMAIL))
    passwords = desk.locator("input[type=password]")
    passwords.nth(0).fill(PASSWORD)
    passwords.nth(1).fill(PASSWORD)
    desk.get_by_role("button", name="Save the password").click()
    manager: User = User.objects.get(email=EMAIL)
    sign_in(desk, manager, PASSWORD)
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Lantern House")
    expect(desk.locator(".next-steps")).to_be_visible()
    return manager


def link_in_mail(address: str) -> str:
    """Return the path of the last link that was mailed to an address."""
    bodies = [str(sent.body) for sent in mail.outbox if sent.to == [address]]
    link = re.findall(r"https?://\S+", bodies[-1])[-1]
    return re.sub(r"^https?://[^/]+", "", link)
