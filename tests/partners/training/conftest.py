from datetime import date, datetime
from typing import NamedTuple

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from campaigns.learning.models import ModuleVersion
from partners.register.models import Premises, Spell, StaffMember
from partners.training.services import PrintedSlip, print_slips
from tests.factories.accounts import UserFactory
from tests.factories.learning import ModuleFactory, ModuleVersionFactory
from tests.factories.register import ManagerLinkFactory, SpellFactory
from tests.factories.training import RequirementFactory


class Desk(NamedTuple):
    """A reception with one worker, one required module and the manager."""

    spell: Spell
    version: ModuleVersion
    manager: User

    @property
    def person(self) -> StaffMember:
        return self.spell.staff_member

    @property
    def premises(self) -> Premises:
        return self.spell.premises


@pytest.fixture
def desk(area) -> Desk:
    module = ModuleFactory.create(slug="reception", title="At reception")
    version = ModuleVersionFactory.create(module=module)
    RequirementFactory.create(module=module)
    spell = SpellFactory.create(premises__area=area, staff_member__name="Ana Kowalska")
    manager = UserFactory.create()
    ManagerLinkFactory.create(user=manager, premises=spell.premises)
    return Desk(spell, version, manager)


@pytest.fixture
def slip(desk, now) -> PrintedSlip:
    return print_slip(desk, now)


def print_slip(desk: Desk, now: datetime) -> PrintedSlip:
    [printed] = print_slips(
        premises=desk.premises,
        staff_members=[desk.person],
        actor=desk.manager,
        now=now,
    )
    return printed


@pytest.fixture
def learner(desk) -> Client:
    """Return the browser of the worker, signed in with a slip printed just now."""
    printed = print_slip(desk, timezone.now())
    client = Client()
    client.post(
        "/train/",
        {
            "staff_code": printed.staff_code,
            "personal_code": printed.code,
            "pin": printed.pin,
        },
    )
    return client


@pytest.fixture
def lead(area) -> User:
    return UserFactory.create(roles=[Role.AREA_LEAD], areas=[area])


@pytest.fixture
def today() -> date:
    return timezone.localdate()
