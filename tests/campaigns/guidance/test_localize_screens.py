"""wagtail-localize brings screens of its own: who may enter them, and who may not."""

import pytest
from django.test import Client
from wagtail_localize.models import StringSegment, Translation

from accounts.enums import Role
from accounts.models import User
from campaigns.guidance.models import AudiencePage, HomePage
from campaigns.guidance.services import grant_permissions
from tests.factories.accounts import UserFactory

OUTSIDERS = (Role.MANAGER, Role.TESTER, Role.BOARD)


@pytest.fixture
def polish_home(polish_home: HomePage) -> HomePage:
    grant_permissions()
    return polish_home


@pytest.fixture
def editor(polish_home: HomePage) -> User:
    return UserFactory.create(roles=[Role.EDITOR])


def hotels(language: str = "en") -> AudiencePage:
    page: AudiencePage = AudiencePage.objects.get(
        slug="hotels", locale__language_code=language
    )
    return page


LOCALIZE = (
    "localize/submit/page/{english}/",
    "localize/translate/{translation}/pofile/download/",
    "localize/translate/{translation}/preview/",
    "localize/reports/translations/",
    "pages/{polish}/edit/",
)


def localize_status(client: Client, address: str) -> int:
    source = hotels("pl")
    translation = Translation.objects.get(
        source__object_id=source.translation_key, target_locale=source.locale
    )
    path = address.format(
        english=hotels().pk, polish=source.pk, translation=translation.pk
    )
    return client.get(f"/cms/{path}").status_code


@pytest.mark.parametrize("address", LOCALIZE)
def test_editor_translates_in_the_screens_of_wagtail_localize(
    editor, client_of, address
):
    assert localize_status(client_of(editor), address) == 200


@pytest.mark.parametrize("role", OUTSIDERS)
@pytest.mark.parametrize("address", LOCALIZE)
def test_others_do_not_enter_the_screens_of_wagtail_localize(
    polish_home, client_of, role, address
):
    client = client_of(UserFactory.create(roles=[role]))

    assert localize_status(client, address) == 403


def test_editor_saves_a_translated_string(editor, client_of):
    polish = hotels("pl")
    translation = Translation.objects.get(
        source__object_id=polish.translation_key, target_locale=polish.locale
    )
    segment = StringSegment.objects.filter(
        source=translation.source, context__path="heading"
    ).get()
    path = f"/cms/localize/translate/{translation.pk}/strings/{segment.pk}/edit/"

    saved = client_of(editor).put(
        path, "value=Hotele", content_type="application/x-www-form-urlencoded"
    )
    refused = client_of(UserFactory.create(roles=[Role.TESTER])).put(
        path, "value=Nie", content_type="application/x-www-form-urlencoded"
    )

    assert (saved.status_code, refused.status_code) == (200, 403)
