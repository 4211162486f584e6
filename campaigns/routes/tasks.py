from django.tasks import task
from django.utils import timezone

from campaigns.routes import services


@task()
def flag_overdue_routes() -> None:
    """Tell officers which routes nobody has checked in time."""
    services.flag_overdue_routes(now=timezone.now())


@task()
def check_links() -> None:
    """Ask every web address of a route whether it still answers."""
    services.check_links(now=timezone.now())
