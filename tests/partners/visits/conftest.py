import datetime

import pytest

from accounts.enums import Role
from partners.visits.services import Plan
from tests.factories.accounts import UserFactory
from tests.factories.register import PremisesFactory
from tests.factories.visits import make_checklist, make_visit


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
def make_plan(tester):
    def plan(**changes):
        fields = {
            "tester": tester,
            "planned_on": datetime.date(2026, 11, 20),
            "shift": "night",
            "authorisation_reference": "AUTH-7",
            "decision_maker": "Superintendent",
            "legal_check": "Legal services, 2 November: none needed",
        } | changes
        scenario = fields.pop("scenario", None) or make_checklist().scenario
        return Plan(scenario=scenario, **fields)

    return plan
