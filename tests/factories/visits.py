import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import Role
from partners.register.enums import Shift
from partners.visits.enums import ScenarioKind, Step
from partners.visits.models import (
    ChecklistItem,
    ChecklistVersion,
    Scenario,
    TestVisit,
)
from tests.factories.accounts import UserFactory
from tests.factories.register import PremisesFactory


class ScenarioFactory(DjangoModelFactory[Scenario]):
    class Meta:
        model = Scenario

    slug = factory.Sequence(lambda n: f"scenario-{n}")
    title = factory.Sequence(lambda n: f"Walk-in {n}")
    kind = ScenarioKind.WALK_IN
    cues = factory.LazyFunction(lambda: ["Cash", "No luggage"])


class ChecklistVersionFactory(DjangoModelFactory[ChecklistVersion]):
    class Meta:
        model = ChecklistVersion

    scenario = factory.SubFactory(ScenarioFactory)
    number = 1
    published_at = factory.LazyFunction(timezone.now)


class ChecklistItemFactory(DjangoModelFactory[ChecklistItem]):
    class Meta:
        model = ChecklistItem

    version = factory.SubFactory(ChecklistVersionFactory)
    position = factory.Sequence(lambda n: n)
    step = Step.ASKED
    text = "Staff asked a friendly question"


class TestVisitFactory(DjangoModelFactory[TestVisit]):
    """A planned visit with a checklist of its own scenario."""

    __test__ = False

    class Meta:
        model = TestVisit

    premises = factory.SubFactory(PremisesFactory)
    scenario = factory.SubFactory(ScenarioFactory)
    checklist_version = factory.SubFactory(
        ChecklistVersionFactory, scenario=factory.SelfAttribute("..scenario")
    )
    tester = factory.SubFactory(UserFactory, roles=[Role.TESTER])
    planned_by = factory.SubFactory(UserFactory, roles=[Role.OFFICER])
    planned_on = datetime.date(2026, 6, 1)
    shift = Shift.NIGHT
    authorisation_reference = "AUTH-1"
    decision_maker = "Superintendent"
    legal_check = "Checked by legal services, no authorisation needed"
