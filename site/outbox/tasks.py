from datetime import datetime

from django.tasks import task
from django.utils import timezone

from accounts.models import User
from outbox import services
from outbox.models import Message


@task()
def deliver_message(message_id: int) -> None:
    """Send one message."""
    message = Message.objects.get(pk=message_id)
    services.deliver_message(message=message, now=timezone.now())


@task()
def deliver_waiting_messages() -> None:
    """Send what a failed try or a killed worker left behind."""
    now = timezone.now()
    for message in Message.objects.to_deliver(now).order_by("pk")[:500]:
        services.deliver_message(message=message, now=now)


@task()
def send_invitation(user_id: int, at: str) -> None:
    """Tell a new colleague how to choose a password."""
    services.queue_invitation(
        user=User.objects.get(pk=user_id),
        at=datetime.fromisoformat(at),
        now=timezone.now(),
    )


@task()
def ask_for_receipts() -> None:
    """Ask the provider about messages it has sent no receipt for."""
    services.ask_for_receipts(now=timezone.now())


@task()
def raise_alarms() -> None:
    """Tell those in charge when what should have been sent was not."""
    services.raise_alarms(now=timezone.now())


@task()
def tell_of_standstill(since: str, until: str) -> None:
    """Tell those in charge that the clock stood still."""
    services.tell_of_standstill(
        since=datetime.fromisoformat(since),
        until=datetime.fromisoformat(until),
        now=timezone.now(),
    )
