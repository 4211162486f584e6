"""Asking to take part, with a script that does its sum and without one."""

import pytest
from playwright.sync_api import Page, expect

from partners.register.enums import JoinState
from partners.register.models import JoinRequest
from tests.factories.core import AreaFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def fill_in(page: Page, *, phone: str = "") -> None:
    page.goto("/partners/join/")
    page.get_by_label("Name of the premises").fill("Harbour View")
    page.get_by_label("Building and street").fill("2 Quay Street")
    page.get_by_label("Town or city").fill("Ashbeck")
    page.get_by_label("Postcode").fill("ZZ1 2ZZ")
    page.locator("#id_area").select_option(index=1)
    page.get_by_label("Your name").fill("Ana Novak")
    page.get_by_label("Your e-mail address at work").fill("ana@hotel.example")
    page.locator("#id_phone").fill(phone)
    page.get_by_role("button", name="Send").click()


def test_a_browser_with_script_proves_itself(page_at):
    AreaFactory.create()
    phone = page_at(390)

    fill_in(phone)

    expect(phone.get_by_role("heading", level=1)).to_have_text("Look at your e-mail")
    assert JoinRequest.objects.get().state == JoinState.UNCONFIRMED


def test_a_browser_without_script_is_rung(page_at):
    AreaFactory.create()
    phone = page_at(390, has_script=False)

    fill_in(phone, phone="01632 960 001")

    heading = phone.get_by_role("heading", level=1)
    expect(heading).to_have_text("Thank you. We ring you")
    assert JoinRequest.objects.get().state == JoinState.CALL_BACK
