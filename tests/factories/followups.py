import factory
from factory.django import DjangoModelFactory

from partners.followups.enums import TaskKind, TaskOwner
from partners.followups.models import GapRule
from partners.visits.enums import Step
from tests.factories.learning import ModuleFactory


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
