from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from core.jobs import due_jobs
from outbox.clock import start_due_jobs
from outbox.models import Heartbeat

DELIVER = "outbox.tasks.deliver_waiting_messages"


@pytest.mark.django_db
def test_clock_starts_each_job_once_until_it_is_due_again(now):
    assert DELIVER in start_due_jobs(now=now)
    assert DELIVER not in start_due_jobs(now=now + timedelta(seconds=59))
    assert DELIVER in start_due_jobs(now=now + timedelta(seconds=60))

    queued = DBTaskResult.objects.filter(task_path=DELIVER)
    assert queued.count() == 2


@pytest.mark.django_db
def test_clock_notes_its_heartbeat(now):
    start_due_jobs(now=now)

    assert Heartbeat.objects.get(name="clock").beat_at == now


@pytest.mark.django_db
def test_every_due_job_runs_twice_without_harm(now, run_jobs):
    start_due_jobs(now=now)
    assert run_jobs() == len(due_jobs())
    start_due_jobs(now=now + timedelta(days=31))
    # And one tells that the clock stood still for a month.
    assert run_jobs() == len(due_jobs()) + 1
