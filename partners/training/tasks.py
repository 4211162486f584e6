from django.conf import settings
from django.tasks import task
from django.utils import timezone

from partners.training import services
from partners.training.models import Completion
from partners.training.rules import may_write_at


@task()
def send_reminders() -> None:
    """Write to people whose training is due, at an hour when a phone may ring."""
    now = timezone.now()
    if may_write_at(now):
        services.send_reminders(now=now)


@task()
def send_leaver_notices() -> None:
    """Tell people who have left what stays of their training."""
    now = timezone.now()
    if may_write_at(now):
        services.send_leaver_notices(now=now, keep_months=settings.LEAVERS_KEPT_MONTHS)


@task()
def send_certificate(completion_id: int) -> None:
    """Send a new certificate to whoever earned it."""
    completion = Completion.objects.select_related(
        "module", "staff_member__organisation"
    ).get(pk=completion_id)
    services.send_certificate(completion=completion, now=timezone.now())


@task()
def keep_coverage() -> None:
    """Keep the coverage of yesterday and count corrected days again."""
    services.keep_coverage(today=timezone.localdate())
