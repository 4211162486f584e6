from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import signals
from core.audit import record
from partners.visits.enums import VisitState
from partners.visits.models import AreaStandard, Observation, TestVisit
from partners.visits.rules import SeenStep, outcome_of
from partners.visits.services.gates import (
    VisitError,
    locked,
    require_move,
    require_officer,
)


@transaction.atomic
def release_visit(*, visit: TestVisit, actor: User, now: datetime) -> TestVisit:
    """Compute the outcome and tell the premises: from now on the visit exists for them.

    Tasks, messages and the retest follow by the signal `visit_released`, in the same
    transaction. A second release changes nothing and sends nothing.

    :raises VisitError: when no second officer checked it, or in another's area.
    """
    visit = locked(visit)
    require_officer(actor, visit.premises)
    if visit.state == VisitState.RELEASED:
        return visit
    require_move(visit, VisitState.RELEASED)
    standard = AreaStandard.objects.steps_for(visit.premises.area)
    outcome = outcome_of(seen_steps(visit), standard)
    if outcome is None:
        raise VisitError(
            _(
                "None of the steps that your area asks for could happen on this "
                "visit, so there is no result to release."
            )
        )
    visit.state = VisitState.RELEASED
    visit.released_at = now
    visit.outcome = outcome
    visit.standard = sorted(standard)
    visit.save(update_fields=["state", "released_at", "outcome", "standard"])
    record("visit.released", visit, actor=actor, outcome=str(outcome))
    signals.visit_released.send(TestVisit, visit=visit, now=now)
    return visit


def seen_steps(visit: TestVisit) -> list[SeenStep]:
    return [
        SeenStep(line.item.step, line.item.is_critical, line.result)
        for line in Observation.objects.of_visit(visit)
    ]
