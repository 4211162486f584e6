import datetime

import factory
from factory.django import DjangoModelFactory

from partners.register.enums import StaffRole
from partners.training.enums import AttendanceBy, SessionState
from partners.training.models import (
    Attempt,
    Attendance,
    Completion,
    Progress,
    Requirement,
    RequirementRole,
    TrainingSession,
)
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.learning import ModuleFactory, ModuleVersionFactory
from tests.factories.register import SpellFactory, StaffMemberFactory

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


class TrainingSessionFactory(DjangoModelFactory[TrainingSession]):
    """A session planned on the day of the tests' `now`: for the area, or `at` a house.

    At a house it is for the people of that house alone.
    """

    class Meta:
        model = TrainingSession

    class Params:
        at = None
        opened = factory.Trait(
            state=SessionState.OPEN, opened_at=factory.SelfAttribute("starts_at")
        )

    version = factory.SubFactory(ModuleVersionFactory)
    area = factory.Maybe(
        "at",
        yes_declaration=factory.SelfAttribute("at.area"),
        no_declaration=factory.SubFactory(AreaFactory),
    )
    premises = factory.SelfAttribute("at")
    is_for_area = factory.LazyAttribute(lambda session: session.at is None)
    place = factory.LazyAttribute(lambda one: "" if one.at else "Town hall, Ashbeck")
    starts_at = datetime.datetime(2026, 11, 18, 10, 0, tzinfo=datetime.UTC)
    ends_at = factory.LazyAttribute(
        lambda session: session.starts_at + datetime.timedelta(hours=1)
    )
    led_by = "Ashbeck ISVA service"
    planned_by = factory.SubFactory(UserFactory)


class AttendanceFactory(DjangoModelFactory[Attendance]):
    """Somebody in post who signed in by the code; give `session` and `spell`."""

    class Meta:
        model = Attendance

    session = factory.SubFactory(TrainingSessionFactory, opened=True)
    spell = factory.SubFactory(
        SpellFactory, premises__area=factory.SelfAttribute("...session.area")
    )
    staff_member = factory.SelfAttribute("spell.staff_member")
    by = AttendanceBy.CODE
    at = factory.SelfAttribute("session.starts_at")
