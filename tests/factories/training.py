import datetime

import factory
from factory.django import DjangoModelFactory

from partners.register.enums import StaffRole
from partners.training.models import (
    Attempt,
    Completion,
    Progress,
    Requirement,
    RequirementRole,
)
from tests.factories.learning import ModuleFactory, ModuleVersionFactory
from tests.factories.register import StaffMemberFactory

NOON = datetime.datetime(2026, 1, 5, 12, 0, tzinfo=datetime.UTC)


class RequirementFactory(DjangoModelFactory[Requirement]):
    """A module that reception needs; other `roles` may be given."""

    class Meta:
        model = Requirement
        skip_postgeneration_save = True

    module = factory.SubFactory(ModuleFactory)
    starts_on = datetime.date(2025, 1, 1)

    @factory.post_generation
    def roles(
        self: Requirement, create: bool, extracted: list[str] | None, **_: object
    ) -> None:
        for role in [StaffRole.RECEPTION] if extracted is None else extracted:
            RequirementRole.objects.create(requirement=self, role=role)


class ProgressFactory(DjangoModelFactory[Progress]):
    class Meta:
        model = Progress

    staff_member = factory.SubFactory(StaffMemberFactory)
    version = factory.SubFactory(ModuleVersionFactory)
    started_at = NOON

    class Params:
        answered = factory.Trait(
            lessons_read=2,
            answers=factory.LazyFunction(
                lambda: {f"q{number}": "b" for number in range(1, 5)}
            ),
        )


class AttemptFactory(DjangoModelFactory[Attempt]):
    class Meta:
        model = Attempt

    staff_member = factory.SubFactory(StaffMemberFactory)
    version = factory.SubFactory(ModuleVersionFactory)
    started_at = factory.Sequence(lambda n: NOON + datetime.timedelta(seconds=n))
    submitted_at = factory.SelfAttribute("started_at")
    answers = factory.LazyFunction(dict)
    score = 100
    is_passed = True


class CompletionFactory(DjangoModelFactory[Completion]):
    """A passed module; give `staff_member` and `module`."""

    class Meta:
        model = Completion

    staff_member = factory.SubFactory(StaffMemberFactory)
    module = factory.SubFactory(ModuleFactory)
    attempt = factory.SubFactory(
        AttemptFactory,
        staff_member=factory.SelfAttribute("..staff_member"),
        version__module=factory.SelfAttribute("...module"),
        version__number=factory.Sequence(lambda n: n + 1),
    )
    valid_from = datetime.date(2026, 1, 5)
    valid_until = datetime.date(2027, 1, 5)
