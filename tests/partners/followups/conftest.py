import datetime

import pytest

from accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.register import ManagerLinkFactory, PremisesFactory
from tests.factories.visits import make_visit

VISIT_DAY = datetime.date(2026, 11, 17)


@pytest.fixture
def premises(area):
    return PremisesFactory.create(area=area)


@pytest.fixture
def manager(premises):
    user = UserFactory.create(roles=[Role.MANAGER])
    ManagerLinkFactory.create(user=user, premises=premises)
    return user


@pytest.fixture
def visit(premises, area, officer):
    """Return a visit planned for the day before `now`, on the night shift."""
    return make_visit(
        premises=premises,
        tester=UserFactory.create(roles=[Role.TESTER], areas=[area]),
        planned_by=officer,
        planned_on=VISIT_DAY,
    )
