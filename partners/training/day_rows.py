"""Rows of `CoverageDay` as the statement of coverage gives them. Writes nothing."""

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Q, QuerySet

from core.models import Area
from partners.register.models import Premises
from partners.training.coverage import coverage_by_days
from partners.training.coverage.statement import (
    AREA,
    ORGANISATION,
    PREMISES,
    TOGETHER,
    Level,
)
from partners.training.enums import CoverageLevel
from partners.training.models import CoverageDay

COUNTED_BY: dict[CoverageLevel, Level] = {
    CoverageLevel.PREMISES: PREMISES,
    CoverageLevel.ORGANISATION: ORGANISATION,
    CoverageLevel.AREA: AREA,
    CoverageLevel.EVERYBODY: TOGETHER,
}
FIGURES = ("in_post", "required", "covered", "in_grace", "expired", "never_trained")


def day_rows(
    days: Collection[date], *, changed: Collection[int] | None = None
) -> Iterator[CoverageDay]:
    """Count these days for every premises, or for all that a few have a part in."""
    for level, premises in _concerned(changed).items():
        counted = coverage_by_days(
            days=sorted(days), premises=premises, level=COUNTED_BY[level]
        )
        for (subject_id, day), coverage in counted.items():
            yield CoverageDay(
                level=level,
                subject_id=subject_id,
                day=day,
                **{name: getattr(coverage, name) for name in FIGURES},
            )


def stale_rows(
    days: Collection[date], *, changed: Collection[int] | None = None
) -> QuerySet[CoverageDay]:
    """Return the kept rows in whose place `day_rows` of the same come."""
    kept = CoverageDay.objects.filter(day__in=days)
    if changed is None:
        return kept
    of_levels = Q()
    for level, premises in _concerned(changed).items():
        of_levels |= Q(level=level, subject_id__in=_subjects(level, premises))
    return kept.filter(of_levels)


def _concerned(
    changed: Collection[int] | None,
) -> dict[CoverageLevel, QuerySet[Premises]]:
    """Return, for each level, all premises of the subjects that are concerned."""
    everything = Premises.objects.all()
    if changed is None:
        return dict.fromkeys(CoverageLevel, everything)
    some = Premises.objects.filter(pk__in=changed)
    areas = Area.objects.filter(
        Q(premises__in=changed) | Q(districts__premises__in=changed)
    )
    return {
        CoverageLevel.PREMISES: some,
        CoverageLevel.ORGANISATION: everything.filter(
            organisation__in=some.values("organisation")
        ),
        CoverageLevel.AREA: everything.filter(
            Q(area__in=areas.values("pk")) | Q(area__parent__in=areas.values("pk"))
        ),
        CoverageLevel.EVERYBODY: everything,
    }


def _subjects(level: CoverageLevel, premises: QuerySet[Premises]) -> set[int]:
    if level == CoverageLevel.PREMISES:
        return set(premises.values_list("pk", flat=True))
    if level == CoverageLevel.ORGANISATION:
        return set(premises.values_list("organisation", flat=True).distinct())
    if level == CoverageLevel.EVERYBODY:
        return {0}
    circles = premises.values_list("area", "area__parent").distinct()
    return {pk for pair in circles for pk in pair if pk is not None}
