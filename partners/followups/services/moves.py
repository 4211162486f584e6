from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from partners.followups.enums import CLOSED_TASK_STATES, TaskState
from partners.followups.models import FollowUpTask, TaskEvent
from partners.followups.rules import can_move


class FollowUpError(Exception):
    pass


def locked(task: FollowUpTask) -> FollowUpTask:
    """Read the task again, held until this transaction ends."""
    return (
        FollowUpTask.objects.select_for_update(of=("self",))
        .select_related("premises__area", "visit")
        .get(pk=task.pk)
    )


def move(
    task: FollowUpTask,
    *,
    to: TaskState,
    now: datetime,
    actor: User | None = None,
    job: str = "",
    note: str = "",
) -> TaskEvent:
    """Take a locked task one step on, with its event and its line in the audit trail.

    :raises FollowUpError: when the state machine knows no such step.
    """
    if not can_move(task.state, to):
        raise FollowUpError(
            _("This is not possible any more. The task is: %(state)s.")
            % {"state": TaskState(task.state).label}
        )
    event = TaskEvent.objects.create(
        task=task, at=now, from_state=task.state, to_state=to, actor=actor, note=note
    )
    task.state = to
    task.closed_at = now if to in CLOSED_TASK_STATES else None
    task.save(update_fields=["state", "closed_at"])
    record(f"task.{to}", task, actor=actor, job=job)
    return event
