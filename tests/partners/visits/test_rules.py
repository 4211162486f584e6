import pytest

from partners.visits.enums import DEFAULT_STANDARD, Outcome, Result, Step, VisitState
from partners.visits.rules import SeenStep, can_move, outcome_of


def seen(**results):
    critical = {Step.ASKED, Step.CALLED_POLICE}
    return [
        SeenStep(step, step in critical, Result(result))
        for step, result in results.items()
    ]


@pytest.mark.parametrize(
    ("results", "outcome"),
    (
        (
            {"asked": "yes", "asked_id": "yes", "called_police": "yes"},
            Outcome.GOOD,
        ),
        ({"asked": "yes", "used_phrase": "na"}, Outcome.GOOD),
        ({"asked": "yes", "logged": "no"}, Outcome.GOOD),
        ({"asked": "yes", "asked_id": "no"}, Outcome.PARTLY),
        ({"asked_id": "no", "used_phrase": "no"}, Outcome.GAP),
        ({"asked": "yes", "asked_id": "yes", "called_police": "no"}, Outcome.GAP),
        ({"asked": "na", "noticed": "yes"}, None),
        ({}, None),
    ),
)
def test_outcome_counts_what_the_standard_asks_for(results, outcome):
    assert outcome_of(seen(**results), DEFAULT_STANDARD) == outcome


MOVES = {
    (VisitState.PLANNED, VisitState.SUBMITTED),
    (VisitState.PLANNED, VisitState.CANCELLED),
    (VisitState.PLANNED, VisitState.NOT_COMPLETED),
    (VisitState.PLANNED, VisitState.STOPPED),
    (VisitState.SUBMITTED, VisitState.CHECKED),
    (VisitState.SUBMITTED, VisitState.RETURNED),
    (VisitState.RETURNED, VisitState.SUBMITTED),
    (VisitState.RETURNED, VisitState.NOT_COMPLETED),
    (VisitState.CHECKED, VisitState.RELEASED),
    (VisitState.CHECKED, VisitState.RETURNED),
}


def test_only_listed_moves_exist():
    found = {(a, b) for a in VisitState for b in VisitState if can_move(a, b)}

    assert found == MOVES
