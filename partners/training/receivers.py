"""What follows from a change of our own, whoever made it."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from core.jobs import enqueue_on_commit
from core.signals import completion_recorded
from partners.training.models import Completion


@receiver(completion_recorded)
def send_certificate(completion: Completion, now: datetime, **kwargs: Any) -> None:
    enqueue_on_commit(
        "partners.training.tasks.send_certificate", completion_id=completion.pk
    )
