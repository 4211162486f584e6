"""What is sent by the calendar, and when: rooms say so here when they are ready.

A round is one sending of a schedule, such as the summaries of a week. That somebody
should be told is counted apart from the telling: a search for readers that finds nobody
would else look like a week in which there was nobody to tell.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import Promise

MONDAY = 0


class Schedule(NamedTuple):
    """`due` gives the last moment, up to now, at which a round was due.

    `count_readers` counts who should be told of a round due at a moment; without it a
    round may find nobody to tell.
    """

    name: str
    title: str | Promise
    due: Callable[[datetime], datetime]
    count_readers: Callable[[datetime], int] | None = None


_schedules: dict[str, Schedule] = {}


def schedule(entry: Schedule) -> None:
    _schedules[entry.name] = entry


def schedules() -> list[Schedule]:
    return [_schedules[name] for name in sorted(_schedules)]


def schedule_of(name: str) -> Schedule:
    return _schedules[name]


def key_of(name: str, due_at: datetime) -> str:
    return f"{name}:{timezone.localdate(due_at)}"


def each_day_at(hour: int) -> Callable[[datetime], datetime]:
    """Return what finds the last such hour of the clock on the wall."""

    def due(now: datetime) -> datetime:
        today = _at(timezone.localdate(now), hour)
        return today if today <= now else _at(timezone.localdate(now), hour, days=-1)

    return due


def each_week_at(hour: int, *, weekday: int = MONDAY) -> Callable[[datetime], datetime]:
    """Return what finds the last such hour of that weekday (Monday is 0)."""

    def due(now: datetime) -> datetime:
        today = timezone.localdate(now)
        back = (today.weekday() - weekday) % 7
        latest = _at(today, hour, days=-back)
        return latest if latest <= now else _at(today, hour, days=-back - 7)

    return due


def _at(day: date, hour: int, *, days: int = 0) -> datetime:
    moment = datetime.combine(day + timedelta(days=days), time(hour))
    return timezone.make_aware(moment)
