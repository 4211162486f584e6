from django.tasks import task
from django.utils import timezone

from partners.portal import services


@task()
def send_digests() -> None:
    """Write the weekly summary to each manager."""
    services.send_digests(now=timezone.now())
