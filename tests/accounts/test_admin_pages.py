import pytest

from accounts.enums import Role
from tests.factories.accounts import UserFactory


def test_officer_opens_their_own_admin_settings(officer, client_of):
    response = client_of(officer).get("/cms/account/")

    panels = [p for tab in response.context["panels_by_tab"].values() for p in tab]
    assert panels[0].name == "name"
    assert "name_email" not in {panel.name for panel in panels}


def test_officer_changes_their_name(officer, client_of):
    client_of(officer).post(
        "/cms/account/",
        {
            "name-name": "Ana Novak",
            "locale-preferred_language": "en",
            "locale-current_time_zone": "Europe/London",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
        },
    )

    officer.refresh_from_db()
    assert officer.name == "Ana Novak"


def test_own_settings_send_strangers_to_sign_in(client, db):
    response = client.get("/cms/account/")

    assert response.url == "/accounts/login/?next=/cms/account/"


@pytest.mark.parametrize(
    "path", ("/cms/users/", "/cms/users/new/", "/cms/users/edit/{pk}/", "/cms/groups/")
)
def test_superuser_manages_people_in_wagtail(path, db, client_of):
    user = UserFactory.create(is_superuser=True, is_staff=True)

    response = client_of(user).get(path.format(pk=user.pk), follow=True)

    assert response.status_code == 200


@pytest.mark.parametrize("role", (Role.BOARD, Role.MANAGER, Role.TESTER))
def test_people_without_work_in_the_admin_are_refused_not_sent_round(
    role, area, client_of
):
    user = UserFactory.create(roles=[role], areas=[area])

    response = client_of(user).get("/cms/")

    assert response.status_code == 403
    assert response.templates[0].name == "403.html"
