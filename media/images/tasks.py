from django.tasks import task
from django.utils import timezone

from media.images.services import make_pages_old_when_something_ended


@task()
def leave_out_what_ended() -> None:
    """Leave pictures out of pages kept in memory, on the day after their last."""
    make_pages_old_when_something_ended(today=timezone.localdate())
