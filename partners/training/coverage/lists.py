from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from partners.register.models import Premises, PremisesQuerySet
from partners.training.coverage.counting import (
    Part,
    coverage_by_premises,
    coverage_parts,
)
from partners.training.coverage.figures import Coverage
from partners.training.coverage.measures import is_night_untrained


@dataclass(frozen=True)
class PremisesCoverage:
    """One line of a list of premises."""

    premises: Premises
    coverage: Coverage
    is_night_untrained: bool


@dataclass(frozen=True)
class PartCoverage:
    """One line below a premises: a role or a shift."""

    label: str
    coverage: Coverage


def coverage_of_each(
    *, day: date, premises: PremisesQuerySet
) -> list[PremisesCoverage]:
    """Return a line for each premises, in three queries; they had joined by the day.

    The premises come with organisation and area.
    """
    taking_part = premises.filter(joined_on__lte=day)
    counted = coverage_by_premises(day=day, premises=taking_part)
    shifts = coverage_parts(day=day, premises=taking_part, by=Part.SHIFT)
    return [
        PremisesCoverage(
            premises=one,
            coverage=counted.get(one.pk, Coverage()),
            is_night_untrained=is_night_untrained(
                shifts.get(one.pk, {}), has_night_desk=one.has_night_desk
            ),
        )
        for one in taking_part.select_related("organisation", "area")
    ]


def lines_of_parts(
    *, day: date, premises: Premises, by: Part, labels: type[TextChoices]
) -> list[PartCoverage]:
    """Return a line for each role or shift somebody has, in the order of the enum."""
    parts = coverage_parts(day=day, premises=[premises], by=by).get(premises.pk, {})
    return [
        PartCoverage(str(one.label), parts[one.value])
        for one in labels
        if one.value in parts
    ]
