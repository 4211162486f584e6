from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core.audit import record
from partners.followups.enums import TaskOwner
from partners.followups.models import FollowUpTask
from partners.followups.services.messages import tell_managers


def remind_overdue_tasks(*, now: datetime) -> int:
    """Remind the managers of each overdue task once; return how many tasks."""
    overdue = (
        FollowUpTask.objects.to_do()
        .overdue(timezone.localdate(now))
        .filter(owner=TaskOwner.MANAGER, reminded_at__isnull=True)
        .select_related("premises")
        .order_by("pk")
    )
    for task in overdue:
        _remind(task, now)
    return len(overdue)


@transaction.atomic
def _remind(task: FollowUpTask, now: datetime) -> None:
    tell_managers(
        premises=task.premises,
        template="task_overdue",
        dedupe_key=f"task-overdue:{task.key}",
        context={"task": task},
        address_of=("followups:task-detail", (task.premises.key, task.key)),
        now=now,
    )
    task.reminded_at = now
    task.save(update_fields=["reminded_at"])
    record("task.reminded", task, job="followups.reminders")
