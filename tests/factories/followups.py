import datetime

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from campaigns.learning.models import Module
from core.signals import completion_recorded
from partners.followups.enums import TaskKind, TaskOwner
from partners.followups.models import GapRule
from partners.register.enums import StaffRole
from partners.register.models import StaffMember
from partners.training.models import Attempt, Completion, Requirement
from partners.visits.enums import Step
from partners.visits.models import TestVisit
from partners.visits.services import release_visit
from tests.factories.learning import ModuleFactory, ModuleVersionFactory
from tests.factories.visits import checked


class GapRuleFactory(DjangoModelFactory[GapRule]):
    """A rule for every area: brief the team when nobody asked; trait `training`."""

    class Meta:
        model = GapRule

    class Params:
        training = factory.Trait(
            kind=TaskKind.COMPLETE_MODULE, module=factory.SubFactory(ModuleFactory)
        )

    step = Step.ASKED
    kind = TaskKind.BRIEF_TEAM
    owner = TaskOwner.MANAGER
    title = factory.Sequence(lambda n: f"Follow-up {n}")
    why = "One kind question is often all it takes."
    evidence = "A short note: the day and how many people were there."
    due_days = 10


def released(
    visit: TestVisit, *, officer: User, now: datetime.datetime, **results: str
) -> TestVisit:
    """Let a visit be sent, checked by another and released: `asked="no"`."""
    checked(visit, now=now, **results)
    release_visit(visit=visit, actor=officer, now=now)
    visit.refresh_from_db()
    return visit


def complete_module(
    person: StaffMember, module: Module, *, started_at: datetime.datetime
) -> Completion:
    """Record a passed attempt, and tell the rooms that listen."""
    version = module.versions.first() or ModuleVersionFactory.create(module=module)
    done_at = started_at + datetime.timedelta(minutes=8)
    attempt = Attempt.objects.create(
        staff_member=person,
        version=version,
        started_at=started_at,
        submitted_at=done_at,
        answers={},
        score=100,
        is_passed=True,
    )
    completion = Completion.objects.create(
        staff_member=person,
        module=module,
        attempt=attempt,
        valid_from=done_at.date(),
        valid_until=done_at.date() + datetime.timedelta(days=365),
    )
    completion_recorded.send(Completion, completion=completion, now=done_at)
    return completion


def make_training_rule(*roles: StaffRole) -> tuple[GapRule, Module]:
    """Make a rule that asks for a new module, which these roles need."""
    module = ModuleFactory.create()
    if roles:
        require(module, *roles)
    return GapRuleFactory.create(training=True, module=module), module


def require(module: Module, *roles: StaffRole) -> Requirement:
    requirement = Requirement.objects.create(
        module=module, starts_on=datetime.date(2025, 1, 1)
    )
    for role in roles:
        requirement.required_roles.create(role=role)
    return requirement
