from django.tasks import task
from django.utils import timezone

from partners.followups import services
from partners.followups.models import FollowUpTask


@task()
def remind_overdue_tasks() -> None:
    """Remind managers of what is overdue."""
    services.remind_overdue_tasks(now=timezone.now())


@task()
def settle_training_tasks() -> None:
    """Notice people whose last day has passed since their leaving was entered."""
    waiting = FollowUpTask.objects.waiting_for_training().order_by("pk")
    services.settle_training_tasks(tasks=waiting, now=timezone.now())
