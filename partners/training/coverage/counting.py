from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from core.models import Area
from partners.register.models import Premises
from partners.training.coverage.asking import Places, as_day, rows_of
from partners.training.coverage.figures import Coverage
from partners.training.coverage.statement import COUNTS, PREMISES, TOGETHER, Level


class Part(StrEnum):
    """By what the people of one level are told apart. The values are expressions."""

    ROLE = "spell.role"
    SHIFT = "spell.shift"


def coverage_by_premises(*, day: date, premises: Places) -> dict[int, Coverage]:
    """Return the coverage of each premises on a day, by key.

    Premises with nobody in post are left out: ask with `.get(pk, Coverage())`.
    """
    rows = rows_of(COUNTS, premises=premises, days=[day], level=PREMISES)
    return {level: Coverage(*map(int, counts)) for level, _, _, *counts in rows}


def coverage_parts(
    *, day: date, premises: Places, by: Part
) -> Mapping[int, dict[str, Coverage]]:
    """Return the coverage of each role or shift, by premises.

    A person in two roles stands in both, each time with what that role requires. Empty
    for premises with nobody in post.
    """
    parts: dict[int, dict[str, Coverage]] = defaultdict(dict)
    for level, part, _, *counts in rows_of(
        COUNTS, premises=premises, days=[day], level=PREMISES, part=by.value
    ):
        parts[level][part] = Coverage(*map(int, counts))
    return parts


def coverage_by_days(
    *, days: Sequence[date], premises: Places, level: Level
) -> dict[tuple[int, date], Coverage]:
    """Return the coverage of each subject of a level on each of some days.

    What nobody was in post for is left out.
    """
    rows = rows_of(COUNTS, premises=premises, days=days, level=level)
    return {
        (subject, as_day(day)): Coverage(*map(int, counts))
        for subject, _, day, *counts in rows
    }


def coverage_total(*, day: date, areas: Iterable[Area]) -> Coverage:
    """Return the coverage of these areas together: each person counts once."""
    premises = Premises.objects.filter(area__in=[area.pk for area in areas])
    return coverage_together(day=day, premises=premises)


def coverage_together(*, day: date, premises: Places) -> Coverage:
    """Return the coverage of these premises together: each person counts once."""
    rows = rows_of(COUNTS, premises=premises, days=[day], level=TOGETHER)
    return Coverage(*map(int, rows[0][3:])) if rows else Coverage()
