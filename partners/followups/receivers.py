"""What other rooms tell this one. Connected by the app when it is ready."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from core.signals import (
    completion_recorded,
    spell_changed,
    spells_changed,
    visit_released,
    visit_set_aside,
)
from partners.followups.models import FollowUpTask
from partners.followups.services import (
    follow_up_release,
    settle_training_tasks,
    take_back_follow_ups,
)
from partners.register.models import Spell
from partners.training.models import Completion
from partners.visits.models import TestVisit


@receiver(visit_released)
def open_what_follows(visit: TestVisit, now: datetime, **kwargs: Any) -> None:
    follow_up_release(visit=visit, now=now)


@receiver(visit_set_aside)
def take_back_what_followed(visit: TestVisit, now: datetime, **kwargs: Any) -> None:
    take_back_follow_ups(visit=visit, now=now)


@receiver(completion_recorded)
def close_training(completion: Completion, now: datetime, **kwargs: Any) -> None:
    tasks = FollowUpTask.objects.waiting_for_training().filter(
        learners__staff_member=completion.staff_member_id, module=completion.module_id
    )
    settle_training_tasks(tasks=list(tasks), now=now)


@receiver(spell_changed)
def look_again_at_training(spell: Spell, now: datetime, **kwargs: Any) -> None:
    tasks = FollowUpTask.objects.waiting_for_training().filter(
        learners__staff_member=spell.staff_member_id, premises=spell.premises_id
    )
    settle_training_tasks(tasks=list(tasks), now=now)


@receiver(spells_changed)
def look_again_at_training_of_many(
    spells: list[Spell], now: datetime, **kwargs: Any
) -> None:
    """Ask once for the premises: a list of thousands concerns a handful of tasks."""
    tasks = FollowUpTask.objects.waiting_for_training().filter(
        premises__in={spell.premises_id for spell in spells}
    )
    settle_training_tasks(tasks=list(tasks), now=now)
