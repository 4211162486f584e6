import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect
from wagtail.models import Locale, Page

from accounts.enums import Role
from accounts.models import User


@pytest.mark.parametrize("width", (390, 1280))
def test_sign_in_page_stands_on_its_own(page_at, width):
    page = page_at(width)

    answer = page.goto("/accounts/login/")

    assert answer.status == 200
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("input[name=login]")).to_be_editable()
    overflow = "document.documentElement.scrollWidth > window.innerWidth"
    assert page.evaluate(overflow) is False


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ("first", "after the first was flushed"))
def test_rows_of_migrations_outlive_a_walk(turn):
    assert Page.objects.filter(depth=1).count() == 1, turn
    assert Locale.objects.filter(language_code="en").count() == 1
    assert Group.objects.filter(name=Role.OFFICER).count() == 1
    assert User.objects.count() == 0
