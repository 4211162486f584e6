"""Keep the coverage of each day, and count days again that were corrected."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max, Min

from partners.register.models import Premises
from partners.training.day_rows import FIGURES, day_rows, stale_rows
from partners.training.enums import CoverageLevel
from partners.training.models import CoverageCorrection, CoverageDay

# When nothing is kept yet, as far back as the line of twelve months reaches.
FIRST_DAYS = timedelta(days=400)
DAYS_AT_ONCE = 7
ROWS_AT_ONCE = 1000
ONE_DAY = timedelta(days=1)


class Difference(NamedTuple):
    """A kept row beside what counting gives; None where there is none."""

    level: str
    subject_id: int
    day: date
    kept: tuple[int, ...] | None
    counted: tuple[int, ...] | None


def correct_days(first_days: Mapping[int, date], *, today: date) -> None:
    """Note, by premises, from which day on kept coverage is no longer right.

    Called inside the transaction of the change. Today counts too: it may be over, and
    kept, before that transaction ends.
    """
    CoverageCorrection.objects.bulk_create(
        CoverageCorrection(premises_id=premises, first_day=first_day)
        for premises, first_day in first_days.items()
        if first_day <= today
    )


def keep_coverage(*, today: date) -> None:
    """Keep each day that is over and count corrected ones again.

    Some days at a time, each time in one transaction: killed in between, the next run
    goes on from there. Twice at once or again, it leaves the same rows.
    """
    for days in _batches(_missing_days(today)):
        _write(days, changed=None)
    _count_corrected(today)


def rebuild_coverage(*, first: date, last: date) -> None:
    """Count the days from first to last anew, both included."""
    for days in _batches(_days(first, last)):
        _write(days, changed=None)


def differences(*, first: date, last: date) -> Iterator[Difference]:
    """Compare what is kept with what counting gives. Changes nothing."""
    for days in _batches(_days(first, last)):
        kept = _by_subject(CoverageDay.objects.filter(day__in=days))
        counted = _by_subject(_complete(days, day_rows(days)))
        for key in sorted(kept.keys() | counted.keys()):
            if kept.get(key) != counted.get(key):
                yield Difference(*key, kept.get(key), counted.get(key))


def kept_days() -> tuple[date, date] | None:
    """Return the first and the last day that are kept."""
    kept = CoverageDay.objects.filter(level=CoverageLevel.EVERYBODY).aggregate(
        first=Min("day"), last=Max("day")
    )
    return (kept["first"], kept["last"]) if kept["first"] else None


def _missing_days(today: date) -> list[date]:
    kept = kept_days()
    if kept is not None:
        return _days(kept[1] + ONE_DAY, today - ONE_DAY)
    joined = Premises.objects.aggregate(first=Min("joined_on"))["first"]
    if joined is None:
        return []
    return _days(max(joined, today - FIRST_DAYS), today - ONE_DAY)


def _count_corrected(today: date) -> None:
    """Take the corrections there are now; what comes meanwhile waits for its turn."""
    corrections = list(CoverageCorrection.objects.order_by("pk"))
    kept = kept_days()
    if kept is not None and corrections:
        first = max(kept[0], min(one.first_day for one in corrections))
        for days in _batches(_days(first, kept[1])):
            changed = {
                one.premises_id for one in corrections if one.first_day <= days[-1]
            }
            _write(days, changed=changed)
    CoverageCorrection.objects.filter(pk__in=[one.pk for one in corrections]).delete()


def _write(days: list[date], *, changed: Collection[int] | None) -> None:
    """Put rows counted just now in the place of those that are kept for these days.

    Counted before the transaction, so that nobody waits for it to write. What changes
    meanwhile has noted a correction, and the next run counts it.
    """
    rows = _complete(days, day_rows(days, changed=changed))
    with transaction.atomic():
        stale_rows(days, changed=changed).delete()
        # Two runs at once: the later row wins, and both are right.
        CoverageDay.objects.bulk_create(
            rows,
            batch_size=ROWS_AT_ONCE,
            update_conflicts=True,
            unique_fields=["level", "subject_id", "day"],
            update_fields=FIGURES,
        )


def _complete(days: list[date], rows: Iterator[CoverageDay]) -> list[CoverageDay]:
    """Add the row for everybody to days on which nobody was in post."""
    counted = list(rows)
    with_people = {row.day for row in counted if row.level == CoverageLevel.EVERYBODY}
    nobody = dict.fromkeys(FIGURES, 0)
    return counted + [
        CoverageDay(level=CoverageLevel.EVERYBODY, subject_id=0, day=day, **nobody)
        for day in days
        if day not in with_people
    ]


def _by_subject(
    rows: Collection[CoverageDay],
) -> dict[tuple[str, int, date], tuple[int, ...]]:
    return {
        (str(row.level), row.subject_id, row.day): tuple(
            getattr(row, name) for name in FIGURES
        )
        for row in rows
    }


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _batches(days: list[date]) -> Iterator[list[date]]:
    for start in range(0, len(days), DAYS_AT_ONCE):
        yield days[start : start + DAYS_AT_ONCE]
