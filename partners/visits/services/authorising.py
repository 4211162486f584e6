from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from core.audit import record
from core.models import Area
from partners.visits.models import Authorisation
from partners.visits.services.gates import VisitError


@dataclass(frozen=True)
class Decision:
    """A decision that allows test visits, as it was made outside this product."""

    area: Area
    reference: str
    decision_maker: str
    decided_on: date
    legal_check: str
    data_protection: str
    review_on: date


@transaction.atomic
def enter_authorisation(
    *, decision: Decision, actor: User, now: datetime, today: date
) -> Authorisation:
    """Keep a decision that allows test visits in an area until its review.

    :raises VisitError: when a part is missing, or the days do not fit.
    """
    if (
        not is_officer(actor)
        or not areas_of(actor).filter(pk=decision.area.pk).exists()
    ):
        raise VisitError(_("This area belongs to other officers."))
    words = {
        name: getattr(decision, name).strip()
        for name in ("reference", "decision_maker", "legal_check", "data_protection")
    }
    if not all(words.values()):
        raise VisitError(
            _(
                "Give the reference, who decided, the legal check and the "
                "data-protection assessment. No visit goes ahead without them."
            )
        )
    if decision.decided_on > today:
        raise VisitError(_("The decision cannot lie in the future."))
    if decision.review_on < today:
        raise VisitError(_("The review date has passed. Enter the new decision."))
    authorisation = Authorisation.objects.create(
        area=decision.area,
        decided_on=decision.decided_on,
        review_on=decision.review_on,
        entered_by=actor,
        entered_at=now,
        **words,
    )
    record("authorisation.entered", authorisation, actor=actor)
    return authorisation
