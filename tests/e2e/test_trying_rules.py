"""An officer looks at what rules would do, goes back, and saves other ones."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.enums import Role
from partners.training.models import Requirement
from tests.e2e.stage import cookies_of
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.learning import ModuleFactory
from tests.factories.register import PremisesFactory, SpellFactory
from tests.factories.training import RequirementFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rules():
    area = AreaFactory.create(name="Ashbeck")
    module = ModuleFactory.create(title="At reception")
    for number in range(4):
        premises = PremisesFactory.create(area=area, name=f"Lantern House {number}")
        for ago in range(number + 1):
            started_on = timezone.localdate() - datetime.timedelta(days=ago * 10 + 1)
            SpellFactory.create(premises=premises, started_on=started_on)
    return RequirementFactory.create(module=module, area=area)


def test_officer_tries_rules_before_saving_them(page_at, client_of, rules):
    officer = UserFactory.create(roles=[Role.OFFICER], areas=[rules.area])
    page = page_at(1280)
    page.context.add_cookies(cookies_of(client_of(officer), page_at.base_url))
    page.goto(f"/cms/requirements/edit/{rules.pk}/")

    page.get_by_label("Days for a starter").fill("5")
    page.get_by_label("The new days hold for them too, from the same day").check()
    page.get_by_role("button", name="See what this would do").click()

    expect(page.get_by_role("heading", name="What this would do")).to_be_visible()
    expect(page.get_by_text("10 people in post are affected")).to_be_visible()
    expect(page.get_by_text("5 people who are not overdue")).to_be_visible()
    page.get_by_role("button", name="Go back and change something").click()
    expect(page.get_by_label("Days for a starter")).to_have_value("5")
    page.get_by_label("They keep the days they had, where these are more").check()
    page.get_by_role("button", name="See what this would do").click()
    expect(page.get_by_text("Nobody's standing changes")).to_be_visible()
    page.get_by_role("button", name="Save these rules").click()

    expect(page.get_by_text("The rules are saved.")).to_be_visible()
    assert Requirement.objects.get(follows=rules).earlier_within_days == 30
