"""Who takes part in the walk, and how each of them signs in."""

import time
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from accounts.enums import Role
from accounts.models import User
from core.models import Area
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.core import AreaFactory

SECONDS_PER_CODE = 30


@dataclass(frozen=True)
class Cast:
    area: Area
    officer: User
    checker: User
    tester: User
    board: User


def gather() -> Cast:
    area = AreaFactory.create(name="Ashbeck", slug="ashbeck")

    def person(role: Role, name: str) -> User:
        return UserFactory.create(roles=[role], areas=[area], name=name)

    return Cast(
        area=area,
        officer=person(Role.OFFICER, "Olu Adeyemi"),
        checker=person(Role.OFFICER, "Noor Patel"),
        tester=person(Role.TESTER, "Tess Marlow"),
        board=person(Role.BOARD, "Bea Hughes"),
    )


def current_code(user: User) -> str:
    """Return the six digits the person's authenticator app shows now."""
    totp: Any = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    counter = int(time.time()) // SECONDS_PER_CODE
    secret = TOTP(totp).instance.data["secret"]
    return str(format_hotp_value(hotp_value(secret, counter)))


def sign_in(page: Page, user: User, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    if user.needs_second_factor:
        expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
        page.get_by_label("Code").fill(current_code(user))
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(lambda url: "/accounts/" not in url)
