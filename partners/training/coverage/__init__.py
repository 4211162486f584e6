"""Coverage: how people in post stand on a day. Counted here and nowhere else.

`statement` holds the definition; `counting` counts, `people` tells of each person,
`lists` puts it beside premises, `lines` reads what is kept of past days, `measures` set
it beside turnover. `comparing` asks it by the rules as they are and as somebody plans
them, `simulating` tells what that would do.
"""

from partners.training.coverage.comparing import (
    Effect,
    Struck,
    effect_by_days,
    effect_by_roles,
    most_struck,
)
from partners.training.coverage.counting import (
    Part,
    coverage_by_days,
    coverage_by_premises,
    coverage_parts,
    coverage_together,
    coverage_total,
)
from partners.training.coverage.figures import Coverage, Need, PersonState
from partners.training.coverage.lines import LinePoint, Step, coverage_line
from partners.training.coverage.lists import (
    PartCoverage,
    PremisesCoverage,
    coverage_of_each,
    lines_of_parts,
)
from partners.training.coverage.measures import (
    HalfLife,
    Starters,
    is_night_untrained,
    nights_without_training,
    starters_trained,
    training_half_life,
)
from partners.training.coverage.people import (
    people_states,
    person_needs,
    requirements_met,
)
from partners.training.coverage.planned import Version
from partners.training.coverage.simulating import Simulation, simulate

__all__ = [
    "Coverage",
    "Effect",
    "HalfLife",
    "LinePoint",
    "Need",
    "Part",
    "PartCoverage",
    "PersonState",
    "PremisesCoverage",
    "Simulation",
    "Starters",
    "Step",
    "Struck",
    "Version",
    "coverage_by_days",
    "coverage_by_premises",
    "coverage_line",
    "coverage_of_each",
    "coverage_parts",
    "coverage_together",
    "coverage_total",
    "effect_by_days",
    "effect_by_roles",
    "is_night_untrained",
    "lines_of_parts",
    "most_struck",
    "nights_without_training",
    "people_states",
    "person_needs",
    "requirements_met",
    "simulate",
    "starters_trained",
    "training_half_life",
]
