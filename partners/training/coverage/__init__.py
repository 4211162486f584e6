"""Coverage: how people in post stand on a day. Counted here and nowhere else.

`statement` holds the definition; `counting` counts, `people` tells of each person.
"""

from partners.training.coverage.counting import (
    Part,
    coverage_by_premises,
    coverage_parts,
    coverage_together,
    coverage_total,
)
from partners.training.coverage.figures import Coverage, Need, PersonState
from partners.training.coverage.people import (
    people_states,
    person_needs,
    requirements_met,
)

__all__ = [
    "Coverage",
    "Need",
    "Part",
    "PersonState",
    "coverage_by_premises",
    "coverage_parts",
    "coverage_together",
    "coverage_total",
    "people_states",
    "person_needs",
    "requirements_met",
]
