from django.tasks import task
from django.utils import timezone

from partners.register import services


@task()
def forget_old_rows() -> None:
    """Delete rows of spreadsheets that nobody came back to."""
    services.forget_old_rows(now=timezone.now())
