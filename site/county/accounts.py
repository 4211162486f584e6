"""The people who sign in to a demonstration. Nothing they know is fixed in code."""

import json
import os
import secrets
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from allauth.account.models import EmailAddress
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.contrib.auth.models import Group

from accounts.enums import Role
from accounts.models import User
from core.models import Area

FILE = "demo-accounts.json"
NAMES = {
    Role.OFFICER: "Robin Garside",
    Role.AREA_LEAD: "Mel Firth",
    Role.EDITOR: "Sam Ellison",
    Role.SAFEGUARDING_LEAD: "Lee Hartley",
    Role.TESTER: "Alex Calder",
    Role.MANAGER: "Jo Lockwood",
    Role.BOARD: "Chris Hebden",
}


class Account(TypedDict):
    email: str
    password: str
    totp_secret: str


def make_accounts(areas: Sequence[Area], *, folder: Path) -> dict[Role, User]:
    """Make one person for each sign-in and write how they sign in to a private file."""
    people: dict[Role, User] = {}
    accounts: dict[str, Account] = {}
    for role, name in NAMES.items():
        account: Account = {
            "email": f"{role.value}@demo.example",
            "password": "-".join(secrets.token_hex(2) for _ in range(4)),
            "totp_secret": generate_totp_secret(),
        }
        people[role] = _make_person(role, name, account, areas)
        accounts[role.value] = account
    _write(folder / FILE, accounts)
    return people


def _make_person(
    role: Role, name: str, account: Account, areas: Sequence[Area]
) -> User:
    person = User.objects.create_user(account["email"], account["password"], name=name)
    person.groups.add(Group.objects.get_or_create(name=role)[0])
    if role != Role.MANAGER:
        person.areas.set(areas)
    EmailAddress.objects.create(
        user=person, email=person.email, verified=True, primary=True
    )
    if person.needs_second_factor:
        TOTP.activate(person, account["totp_secret"])
    else:
        account["totp_secret"] = ""
    return person


def _write(path: Path, accounts: dict[str, Account]) -> None:
    """Write for the owner alone: never readable by others, not even for a moment."""
    path.unlink(missing_ok=True)
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w") as file:
        json.dump(accounts, file, indent=2)


def current_code(role: str, *, folder: Path) -> str:
    """Return the code that this person's telephone would show now.

    :raises KeyError: nobody signs in in this role, or it needs no code.
    """
    path = folder / FILE
    accounts: dict[str, Account] = json.loads(path.read_text()) if path.exists() else {}
    secret = accounts[role]["totp_secret"]
    if not secret:
        raise KeyError(role)
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(secret, counter)))
