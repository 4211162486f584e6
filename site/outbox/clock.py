"""The clock: starts every due job once, whoever asks and however often."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from core import jobs
from core.jobs import DueJob, due_jobs, run_every
from outbox.models import CLOCK, CLOCK_STARTED, Heartbeat, JobRun
from outbox.standstill import since_the_beat


def register_jobs() -> None:
    run_every(timedelta(minutes=1), "outbox.tasks.deliver_waiting_messages")
    run_every(timedelta(minutes=30), "outbox.tasks.raise_alarms")
    run_every(timedelta(minutes=15), "outbox.tasks.ask_for_receipts")


def start_due_jobs(*, now: datetime) -> list[str]:
    """Queue the jobs whose time has come and note a heartbeat.

    The job's row is the lock: of two clocks only the one that moves the row forward
    queues the job, and both happen in one transaction.
    """
    started = [job.path for job in due_jobs() if _start(job, now=now)]
    _notice_standstill(now=now)
    _beat(CLOCK, now)
    return started


def _beat(name: str, now: datetime) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": now})


def _notice_standstill(*, now: datetime) -> None:
    beat = Heartbeat.objects.filter(name=CLOCK).first()
    if beat is None:
        _beat(CLOCK_STARTED, now)
    elif since_the_beat(beat.beat_at, now=now):
        _beat(CLOCK_STARTED, now)
        jobs.enqueue_on_commit(
            "outbox.tasks.tell_of_standstill",
            since=beat.beat_at.isoformat(),
            until=now.isoformat(),
        )


@transaction.atomic
def _start(job: DueJob, *, now: datetime) -> bool:
    JobRun.objects.get_or_create(path=job.path)
    is_due = Q(last_started_at__isnull=True) | Q(last_started_at__lte=now - job.every)
    moved = JobRun.objects.filter(is_due, path=job.path).update(last_started_at=now)
    if moved:
        jobs.enqueue_on_commit(job.path)
    return bool(moved)
