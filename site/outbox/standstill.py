"""Whether anything stands still that should move: the clock, the worker, messages."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from outbox.models import CLOCK, Heartbeat, Message

# The clock beats each minute; a restart of the machine takes less than this.
CLOCK_MAY_REST = timedelta(minutes=10)
WORK_MAY_WAIT = timedelta(minutes=30)


def of_the_clock(*, now: datetime) -> str:
    """Return what is wrong with the clock, in a sentence; "" when it beats."""
    beat = Heartbeat.objects.filter(name=CLOCK).first()
    if beat is None:
        return _("The clock has never been started.")
    return since_the_beat(beat.beat_at, now=now)


def since_the_beat(beat_at: datetime, *, now: datetime) -> str:
    """Say that the clock stands still, when its last beat is too long ago."""
    if now - beat_at <= CLOCK_MAY_REST:
        return ""
    return _("The clock has stood still since %(at)s.") % {"at": _time(beat_at)}


def of_messages(*, now: datetime) -> str:
    """Return what keeps messages from leaving, in a sentence; "" when they leave."""
    job = DBTaskResult.objects.ready().order_by("enqueued_at").first()
    if job is not None and now - job.enqueued_at > WORK_MAY_WAIT:
        return _("The worker has stood still since %(at)s.") % {
            "at": _time(job.enqueued_at)
        }
    oldest = Message.objects.unsent().order_by("queued_at").first()
    if oldest is not None and now - oldest.queued_at > WORK_MAY_WAIT:
        return _("Messages have been waiting since %(at)s.") % {
            "at": _time(oldest.queued_at)
        }
    return ""


def _time(at: datetime) -> str:
    return f"{timezone.localtime(at):%d.%m.%Y %H:%M}"
