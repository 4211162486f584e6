"""What the pages about a task show, worked out so that nobody is singled out."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from partners.followups.enums import TaskKind
from partners.followups.models import FollowUpTask, TaskLearner
from partners.followups.rules import roles_to_name
from partners.register.enums import StaffRole
from partners.register.models import Spell


@dataclass(frozen=True)
class TrainingProgress:
    """How many of those asked have done the module, and the roles they hold."""

    done: int
    asked: int
    roles: str


def training_progress(task: FollowUpTask, *, today: date) -> TrainingProgress | None:
    """Count who has done a training task; roles only where at least three held them."""
    if task.kind != TaskKind.COMPLETE_MODULE:
        return None
    learners = list(TaskLearner.objects.filter(task=task).in_post(today).with_done())
    return TrainingProgress(
        done=sum(learner.is_done for learner in learners),  # type: ignore[attr-defined] # annotated by with_done
        asked=len(learners),
        roles=_roles_in_words(task),
    )


def _roles_in_words(task: FollowUpTask) -> str:
    visited_on = task.visit.visited_on
    if visited_on is None:
        return _("staff on duty")
    held = (
        Spell.objects.in_post(visited_on)
        .filter(
            premises=task.premises_id,
            staff_member__in=TaskLearner.objects.filter(task=task).values(
                "staff_member"
            ),
        )
        .values_list("staff_member", "role")
        .distinct()
    )
    named, has_others = roles_to_name(role for _person, role in held)
    words = [str(StaffRole(role).label) for role in named]
    if has_others or not words:
        words.append(_("staff on duty") if not words else _("others on duty"))
    return ", ".join(words)


def history_of(task: FollowUpTask, *, with_names: bool) -> list[dict[str, Any]]:
    """Return the steps of a task; managers read who only as “manager” or “officer”."""
    events = task.events.select_related("actor", "evidence").order_by("at", "pk")
    return [
        {
            "at": event.at,
            "state": event.get_to_state_display(),
            "note": event.note,
            "actor": event.actor if with_names else None,
            "evidence": getattr(event, "evidence", None),
        }
        for event in events
    ]
