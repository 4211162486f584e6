"""Background jobs by dotted path, so that a lower room can call a higher one."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.tasks import Task
from django.utils.module_loading import import_string


class DueJob(NamedTuple):
    """A job the clock starts again and again."""

    path: str
    every: timedelta


_due_jobs: dict[str, DueJob] = {}


def enqueue_on_commit(path: str, **kwargs: Any) -> None:
    """Queue the task at `path` so that it runs only if this transaction commits.

    The queue is a table of the same database: the row is part of the transaction, and
    neither a rollback nor a process killed after the commit can part the two.
    """
    job: Task[Any, Any] = import_string(path)
    job.enqueue(**kwargs)


def run_every(every: timedelta, path: str) -> None:
    """Ask the clock to start the task at `path` once per `every`."""
    _due_jobs[path] = DueJob(path, every)


def due_jobs() -> list[DueJob]:
    return sorted(_due_jobs.values())
