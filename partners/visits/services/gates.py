"""What is asked before anything about a visit changes."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from partners.register.models import Premises
from partners.visits.enums import VisitState
from partners.visits.models import TestVisit
from partners.visits.rules import can_move


class VisitError(Exception):
    pass


def locked(visit: TestVisit) -> TestVisit:
    """Read the visit again, held until this transaction ends."""
    return (
        TestVisit.objects.select_for_update(of=("self",))
        .select_related("premises__area", "authorisation")
        .get(pk=visit.pk)
    )


def require_officer(actor: User, premises: Premises) -> None:
    here = areas_of(actor).filter(pk=premises.area_id)
    if not is_officer(actor) or not here.exists():
        raise VisitError(_("This visit belongs to the officers of another area."))


def require_move(visit: TestVisit, state: VisitState) -> None:
    if not can_move(visit.state, state):
        raise VisitError(
            _("This is not possible any more. The visit is: %(state)s.")
            % {"state": VisitState(visit.state).label}
        )


def is_second_officer(actor: User, visit: TestVisit) -> bool:
    """Tell whether this person neither planned nor made the visit."""
    return actor.pk not in {visit.planned_by_id, visit.tester_id}


def require_second_officer(actor: User, visit: TestVisit) -> None:
    require_officer(actor, visit.premises)
    if not is_second_officer(actor, visit):
        raise VisitError(
            _(
                "Someone else has to check this visit: not the officer who planned it "
                "and not the tester."
            )
        )


def require_planned(visit: TestVisit) -> None:
    require_move(visit, VisitState.CANCELLED)


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise VisitError(_("Give a reason, in a few words and without names."))
