import datetime
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import Role
from accounts.models import User
from campaigns.signs.models import Sign
from partners.register.enums import Shift
from partners.visits.enums import Result, ScenarioKind, Step
from partners.visits.models import (
    Authorisation,
    Challenge,
    ChecklistItem,
    ChecklistVersion,
    Scenario,
    TestVisit,
)
from partners.visits.services import Seen, check_visit, submit_visit
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.register import PremisesFactory

DEFAULT_STEPS = (Step.ASKED, Step.ASKED_ID, Step.CALLED_POLICE, Step.USED_PHRASE)


class SignFactory(DjangoModelFactory[Sign]):
    class Meta:
        model = Sign

    key = factory.Sequence(lambda n: f"sign-{n}")


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


class AuthorisationFactory(DjangoModelFactory[Authorisation]):
    class Meta:
        model = Authorisation

    area = factory.SubFactory(AreaFactory)
    reference = "AUTH-1"
    decision_maker = "Superintendent"
    decided_on = datetime.date(2020, 1, 1)
    legal_check = "Legal services, 1 January: none needed"
    data_protection = "Version 2"
    review_on = datetime.date(2040, 1, 1)
    entered_by = factory.SubFactory(UserFactory, roles=[Role.OFFICER])
    entered_at = datetime.datetime(2020, 1, 2, 12, tzinfo=datetime.UTC)


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
    planned_time = datetime.time(20)
    shift = Shift.NIGHT
    brief_read_at = datetime.datetime(2020, 1, 2, 12, tzinfo=datetime.UTC)
    authorisation = factory.SubFactory(
        AuthorisationFactory, area=factory.SelfAttribute("..premises.area")
    )


class ChallengeFactory(DjangoModelFactory[Challenge]):
    class Meta:
        model = Challenge

    visit = factory.SubFactory(TestVisitFactory)
    reason = "The desk was closed that night."
    raised_by = factory.SubFactory(UserFactory, roles=[Role.MANAGER])
    raised_at = factory.LazyFunction(timezone.now)


def make_checklist(*steps: Step) -> ChecklistVersion:
    """Make a scenario with one item per step; asking and calling are critical."""
    version = ChecklistVersionFactory.create()
    for position, step in enumerate(steps or tuple(DEFAULT_STEPS), 1):
        ChecklistItemFactory.create(
            version=version,
            position=position,
            step=step,
            text=f"Staff did: {step.label}",
            is_critical=step in {Step.ASKED, Step.CALLED_POLICE},
        )
    return version


def make_visit(*steps: Step, **fields: Any) -> TestVisit:
    """Make a planned visit whose checklist has these steps."""
    version = make_checklist(*steps)
    return TestVisitFactory.create(
        scenario=version.scenario, checklist_version=version, **fields
    )


def submitted(visit: TestVisit, *, now: datetime.datetime, **results: str) -> TestVisit:
    """Let the tester send the visit: `asked="no"`; steps not named are "yes"."""
    seen = {
        item.pk: Seen(Result(results.get(item.step, "yes")))
        for item in visit.checklist_version.items.all()
    }
    submit_visit(
        visit=visit,
        tester=visit.tester,
        visited_on=visit.planned_on,
        seen=seen,
        now=now,
    )
    visit.refresh_from_db()
    return visit


def second_officer(visit: TestVisit) -> User:
    """Return an officer of the place who neither planned nor made the visit."""
    area = visit.premises.area
    return UserFactory.create(roles=[Role.OFFICER], areas=[area])


def checked(visit: TestVisit, *, now: datetime.datetime, **results: str) -> TestVisit:
    """Let the tester send the visit and a second officer check it."""
    submitted(visit, now=now, **results)
    check_visit(visit=visit, actor=second_officer(visit), now=now)
    visit.refresh_from_db()
    return visit
