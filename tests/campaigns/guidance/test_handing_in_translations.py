"""Who hands a page in for translation, what comes of it, and who is told."""

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from accounts.enums import Role
from campaigns.guidance.models import Campaign, HomePage
from campaigns.guidance.services import grant_permissions
from tests.campaigns.guidance.planned import (
    NAME,
    open_publicly,
    page_of,
    plan_campaign,
)
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory

pytestmark = pytest.mark.django_db

REPORT = "/cms/localize/reports/translations/"
MAY = (Role.EDITOR, Role.SAFEGUARDING_LEAD, Role.AREA_LEAD)


@pytest.fixture
def planned(area, now) -> Campaign:
    Locale.objects.get_or_create(language_code="pl")
    return plan_campaign(area, now)


@pytest.fixture
def home(planned) -> HomePage:
    home: HomePage = HomePage.objects.get(slug="start")
    return home


def submit(client, page: Page, **more: str) -> int:
    polish = Locale.objects.get(language_code="pl")
    sent = {"locales": [polish.pk], **more}
    return int(client.post(f"/cms/localize/submit/page/{page.pk}/", sent).status_code)


@pytest.mark.parametrize("role", MAY)
def test_these_roles_hand_a_page_in_and_it_begins_as_a_draft(
    home, area, client_of, role, django_capture_on_commit_callbacks
):
    client = client_of(UserFactory.create(roles=[role], areas=[area]))

    with django_capture_on_commit_callbacks(execute=True):
        status = submit(client, home)

    assert (home.live, status) == (True, 302)
    assert home.get_translation(Locale.objects.get(language_code="pl")).live is False


@pytest.mark.parametrize("role", (Role.OFFICER, Role.MANAGER, Role.TESTER, Role.BOARD))
def test_other_roles_hand_nothing_in_and_read_no_report(home, area, client_of, role):
    client = client_of(UserFactory.create(roles=[role], areas=[area]))

    submit(client, home)
    client.get(f"/cms/localize/submit/page/{home.pk}/")

    assert not Translation.objects.exists()
    assert client.get(REPORT).status_code in {302, 403}
    assert f'"{REPORT}"' not in client.get("/cms/").content.decode()


def test_a_right_that_was_given_by_hand_is_taken_back(planned):
    first = grant_permissions()

    assert first == []
    officers = UserFactory.create(roles=[Role.OFFICER]).groups.get()
    editors = UserFactory.create(roles=[Role.EDITOR]).groups.get()
    right = editors.permissions.get(codename="submit_translation")
    officers.permissions.add(right)
    assert grant_permissions() == [str(Role.OFFICER)]
    assert not officers.permissions.filter(pk=right.pk).exists()


def test_page_of_a_campaign_is_handed_in_by_its_own_people(planned, area, client_of):
    open_publicly(planned)
    page = page_of(planned)
    own, other = (
        client_of(UserFactory.create(roles=[Role.EDITOR], areas=[place]))
        for place in (area, AreaFactory.create())
    )

    submit(other, page)
    before = Translation.objects.count()
    submit(own, page)

    assert (before, Translation.objects.count()) == (0, 1)


def test_pages_below_are_handed_in_without_the_drafts_of_others(
    planned, home, area, client_of
):
    other = client_of(
        UserFactory.create(roles=[Role.EDITOR], areas=[AreaFactory.create()])
    )

    submit(other, home, include_subtree="on")
    by_others = Translation.objects.count()
    Translation.objects.all().delete()
    home.get_translations().delete()
    own = client_of(UserFactory.create(roles=[Role.EDITOR], areas=[area]))
    submit(own, home, include_subtree="on")

    assert by_others == 1
    assert Translation.objects.count() == 3


@pytest.mark.parametrize(
    ("role", "is_live"), ((Role.EDITOR, False), (Role.SAFEGUARDING_LEAD, True))
)
def test_only_who_publishes_publishes_all_translations_at_once(
    home, area, client_of, role, is_live, django_capture_on_commit_callbacks
):
    client = client_of(UserFactory.create(roles=[role], areas=[area]))
    submit(client, home)
    source = TranslationSource.objects.get()
    path = f"/cms/localize/update/{source.pk}/"

    with django_capture_on_commit_callbacks(execute=True):
        client.post(path, {"publish_translations": "on"})

    polish = home.get_translation(Locale.objects.get(language_code="pl"))
    assert polish.live is is_live
    assert ('type="checkbox" name="publish' in client.get(path).text) == is_live


def test_report_tells_of_own_campaigns_in_order(planned, home, area, client_of):
    own, other = (
        client_of(UserFactory.create(roles=[Role.EDITOR], areas=[place]))
        for place in (area, AreaFactory.create())
    )
    submit(own, page_of(planned))
    submit(own, home)

    own_page, other_page = own.get(REPORT), other.get(REPORT)

    titles = [row.source.object_repr for row in own_page.context["object_list"]]
    assert titles == ["Home", NAME]
    assert NAME not in other_page.text
    assert "Home" in other_page.text
