from django.tasks import task
from django.utils import timezone

from partners.register import services
from partners.register.models import Mailing


@task()
def forget_old_rows() -> None:
    """Delete rows of spreadsheets that nobody came back to."""
    services.forget_old_rows(now=timezone.now())


@task()
def send_mailing(mailing_id: int) -> None:
    """Write a confirmed mailing to the outbox, one message for each recipient."""
    services.send_mailing(
        mailing=Mailing.objects.get(pk=mailing_id), now=timezone.now()
    )


@task()
def finish_mailings() -> None:
    """Take up again what a killed worker left behind."""
    services.finish_mailings(now=timezone.now())


@task()
def watch_over_premises() -> None:
    """Tell officers of premises about which nobody can be reached any more."""
    services.watch_over_premises(now=timezone.now())
