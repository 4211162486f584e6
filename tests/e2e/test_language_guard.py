"""The language guard while one types, in the editor of a page and of a sign."""

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Locale
from wagtail.models import Page as WagtailPage

from accounts.enums import Role
from campaigns.guidance.loading import load_phrases
from campaigns.guidance.models import GuidancePage, HomePage
from campaigns.guidance.services import grant_permissions
from tests.e2e.stage import cookies_of
from tests.factories.accounts import UserFactory
from tests.factories.signs import SignWordingFactory

CARE = "She put herself at risk."
TOLD = "“put herself at risk” It makes the child the cause."


@pytest.fixture
def parks(transactional_db) -> GuidancePage:
    """Return a page with one block of words, in a site with nothing else."""
    locale = Locale.objects.get(language_code="en")
    home = HomePage(title="Home", slug="start", heading="Home", locale=locale)
    WagtailPage.get_first_root_node().add_child(instance=home)
    words = {"heading": "What you may see", "body": "Cars that wait."}
    page = GuidancePage(
        title="Parks",
        slug="parks",
        heading="Parks",
        locale=locale,
        body=[("text", words)],
    )
    home.add_child(instance=page)
    load_phrases()
    grant_permissions()
    return page


@pytest.fixture
def desk(page_at, client_of, parks) -> Page:
    """Return a page in the browser of an editor who is signed in."""
    signed_in = client_of(UserFactory.create(roles=[Role.EDITOR]))
    page: Page = page_at(1280)
    page.context.add_cookies(cookies_of(signed_in, page_at.base_url))
    return page


def test_warning_comes_and_goes_as_one_writes_a_page(desk, parks):
    desk.goto(f"/cms/pages/{parks.pk}/edit/")
    heading = desk.locator("#id_heading")
    body = desk.locator("textarea[name='body-0-value-body']")
    summary = desk.locator("[data-language-guard-summary]")

    heading.fill(CARE)
    body.fill(CARE)

    for field in (heading, body):
        note = desk.locator(f"[id='{field.get_attribute('id')}-careful-words']")
        expect(note).to_contain_text(TOLD)
        expect(note).to_contain_text("Write instead: ")
        described = field.get_attribute("aria-describedby").split()
        assert note.get_attribute("id") in described
    expect(summary).to_contain_text("2 phrases need care.")
    heading.fill("Parks")
    expect(summary).to_contain_text("1 phrase needs care.")
    expect(desk.locator("#id_heading-careful-words")).to_have_count(0)


def test_warning_stands_beside_the_words_of_a_sign(desk):
    sign = SignWordingFactory.create(text="Someone waits.").sign
    desk.goto(f"/cms/signs/edit/{sign.pk}/")

    desk.locator("[name='wordings-0-text']").fill(CARE)

    expect(desk.locator(".careful-words__list")).to_contain_text(TOLD)
