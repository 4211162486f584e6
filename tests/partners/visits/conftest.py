import datetime

import pytest

from accounts.enums import Role
from partners.visits.services import Plan
from tests.factories.accounts import UserFactory
from tests.factories.register import PremisesFactory
from tests.factories.visits import AuthorisationFactory, make_checklist, make_visit


@pytest.fixture
def premises(area):
    return PremisesFactory.create(area=area)


@pytest.fixture
def tester(area):
    return UserFactory.create(roles=[Role.TESTER], areas=[area])


@pytest.fixture
def visit(premises, tester, officer):
    """Return a visit planned for 17 November, the day before `now`."""
    return make_visit(
        premises=premises,
        tester=tester,
        planned_by=officer,
        planned_on=datetime.date(2026, 11, 17),
    )


@pytest.fixture
def make_plan(tester, area):
    def plan(**changes):
        fields = {
            "tester": tester,
            "planned_on": datetime.date(2026, 11, 20),
            "planned_time": datetime.time(23),
            "shift": "night",
        } | changes
        if "authorisation" not in fields:
            fields["authorisation"] = AuthorisationFactory.create(area=area)
        scenario = fields.pop("scenario", None) or make_checklist().scenario
        return Plan(scenario=scenario, **fields)

    return plan
