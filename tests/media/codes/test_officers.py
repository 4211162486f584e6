from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.panels import panels_for
from media.codes.enums import Prefix
from media.codes.models import ScanCount
from tests.factories.accounts import UserFactory
from tests.factories.codes import CodeFactory
from tests.factories.core import AreaFactory
from tests.factories.register import PremisesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def officers_enter_the_admin(officer):
    enter = Permission.objects.get(codename="access_admin")
    officer.groups.get().permissions.add(enter)


def panel_of(premises):
    request = RequestFactory().get("/partners/x/")
    titled = {
        panel.title: panel for panel in panels_for("premises.home", request, premises)
    }
    return titled["Posters"]


def test_panel_bands_openings_and_waits_a_day(area, django_assert_num_queries):
    premises = PremisesFactory.create(area=area)
    code = CodeFactory.create(premises=premises)
    CodeFactory.create(premises=premises, retired_on="2026-01-01")
    CodeFactory.create()
    current = timezone.now().replace(minute=0, second=0, microsecond=0)
    for days, openings in ((0, 400), (2, 7), (40, 900)):
        ScanCount.objects.create(
            code=code,
            hour=current - timedelta(days=days),
            kind=Prefix.SCANNED,
            n=openings,
        )

    with django_assert_num_queries(1):
        panel = panel_of(premises)

    assert panel.context["openings"] == "5 to 9"
    assert panel.context["codes"] == [code]


@pytest.mark.parametrize("item_count", (1, 3))
def test_officer_sees_the_codes_of_the_own_area(
    client_of, officer, area, item_count, django_assert_num_queries
):
    elsewhere = PremisesFactory.create(area=AreaFactory.create(), name="Far House")
    CodeFactory.create(premises=elsewhere)
    for number in range(item_count):
        CodeFactory.create(
            premises=PremisesFactory.create(area=area, name=f"Near House {number}")
        )
    client = client_of(officer)
    client.get(reverse("poster-codes:index"))

    with django_assert_num_queries(14):
        page = client.get(reverse("poster-codes:index"))

    assert page.status_code == 200
    assert page.text.count("Near House") == item_count
    assert "fewer than 5" in page.text
    assert "Far House" not in page.text


def test_editor_does_not_see_codes(client_of, area):
    editor = UserFactory.create(roles=[Role.EDITOR], areas=[area])
    CodeFactory.create()

    page = client_of(editor).get(reverse("poster-codes:index"))

    assert page.status_code == 302


def test_officer_can_neither_add_nor_change_codes_here(client_of, officer, area):
    code = CodeFactory.create(premises__area=area)
    client = client_of(officer)

    added = client.post(reverse("poster-codes:add"), {"place": "Cellar"})
    changed = client.post(
        reverse("poster-codes:edit", args=[code.pk]), {"place": "Cellar"}
    )

    code.refresh_from_db()
    assert (added.status_code, changed.status_code) == (302, 302)
    assert code.place == "Staff room"
