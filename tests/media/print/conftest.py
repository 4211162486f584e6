from datetime import timedelta

import pytest
from django.utils import timezone

from media.print.services import issue_pack
from tests.factories.learning import ModuleFactory, ModuleVersionFactory
from tests.factories.register import (
    ManagerLinkFactory,
    SpellFactory,
)
from tests.factories.training import CompletionFactory, RequirementFactory

PEOPLE = 6


@pytest.fixture
def link(area):
    return ManagerLinkFactory.create(
        premises__area=area, premises__name="Lantern House"
    )


@pytest.fixture
def premises(link):
    return link.premises


@pytest.fixture
def right_now():
    """Return the moment of the page: the check reads the clock itself."""
    return timezone.now()


@pytest.fixture
def module():
    module = ModuleFactory.create(title="At reception")
    ModuleVersionFactory.create(module=module)
    RequirementFactory.create(module=module)
    return module


@pytest.fixture
def spells(premises, module, right_now):
    """Put six people in post at reception, all but two of them in date."""
    today = timezone.localdate(right_now)
    spells = [
        SpellFactory.create(
            premises=premises,
            staff_member__name=f"Worker Number {number}",
            started_on=today - timedelta(days=300),
        )
        for number in range(PEOPLE)
    ]
    for spell in spells[2:]:
        CompletionFactory.create(
            staff_member=spell.staff_member,
            module=module,
            valid_from=today - timedelta(days=20),
            valid_until=today + timedelta(days=345),
        )
    return spells


@pytest.fixture
def pack(premises, spells, link, right_now):
    return issue_pack(premises=premises, actor=link.user, now=right_now)
