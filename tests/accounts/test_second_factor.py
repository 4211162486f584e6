import pytest
from django.urls import reverse

from accounts.enums import SECOND_FACTOR_ROLES, Role
from tests.factories.accounts import PASSWORD, UserFactory


@pytest.mark.parametrize("role", sorted(SECOND_FACTOR_ROLES))
def test_role_with_duty_is_sent_to_set_up_a_second_factor(role, area, client_of):
    user = UserFactory.create(roles=[role], areas=[area], second_factor=False)

    response = client_of(user).get("/partners/")

    assert response.url == reverse("mfa_activate_totp")


@pytest.mark.parametrize("role", sorted(set(Role) - SECOND_FACTOR_ROLES))
def test_role_without_duty_is_let_through(role, area, client_of):
    user = UserFactory.create(roles=[role], areas=[area])

    response = client_of(user).get(reverse("accounts:home"))

    assert response.url != reverse("mfa_activate_totp")


def test_sign_in_without_second_factor_leads_to_a_key_to_scan(area, client):
    user = UserFactory.create(roles=[Role.OFFICER], areas=[area], second_factor=False)

    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    asked_again = client.get("/cms/", follow=True)
    response = client.post(
        asked_again.redirect_chain[-1][0], {"password": PASSWORD}, follow=True
    )

    assert response.redirect_chain == [(reverse("mfa_activate_totp"), 302)]
    assert response.context["form"].secret in response.text


def test_sign_in_with_second_factor_asks_for_its_code(officer, client):
    response = client.post(
        reverse("account_login"), {"login": officer.email, "password": PASSWORD}
    )

    assert response.url == reverse("mfa_authenticate")


@pytest.mark.parametrize(
    ("role", "place"),
    (
        (Role.OFFICER, "/cms/"),
        (Role.AREA_LEAD, "/cms/"),
        (Role.EDITOR, "/cms/"),
        (Role.SAFEGUARDING_LEAD, "/cms/"),
        (Role.TESTER, "/visits/"),
        (Role.BOARD, "/board/"),
        (Role.MANAGER, "/partners/"),
    ),
)
def test_home_sends_each_role_to_its_work(role, place, area, client_of):
    user = UserFactory.create(roles=[role], areas=[area])

    response = client_of(user).get(reverse("accounts:home"))

    assert response.url == place


def test_wagtails_own_sign_in_is_no_way_round_the_code(officer, client):
    response = client.post(
        "/cms/login/", {"username": officer.email, "password": PASSWORD}
    )

    assert response.url == reverse("account_login")
    assert "_auth_user_id" not in client.session
