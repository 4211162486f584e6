import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.codes import CodeFactory
from tests.factories.core import AreaFactory
from tests.factories.register import PremisesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def officers_enter_the_admin(officer):
    enter = Permission.objects.get(codename="access_admin")
    officer.groups.get().permissions.add(enter)


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
