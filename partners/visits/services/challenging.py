"""A manager may say that a result is wrong; an officer with no part in it decides."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scoping import officers_for
from core import signals
from core.audit import record
from outbox.services import queue_message
from partners.register.models import ManagerLink, Premises
from partners.visits.enums import ChallengeState, VisitState
from partners.visits.models import CHALLENGED_WITHIN, Challenge, TestVisit
from partners.visits.services.gates import VisitError, locked, require_officer


def is_open_to_challenge(visit: TestVisit, *, now: datetime) -> bool:
    """Tell whether the time to challenge a released result still runs."""
    return (
        visit.state == VisitState.RELEASED
        and visit.released_at is not None
        and now < visit.released_at + CHALLENGED_WITHIN
    )


@transaction.atomic
def raise_challenge(
    *, visit: TestVisit, reason: str, manager: User, now: datetime
) -> Challenge:
    """Keep a manager's word against a result, and tell the officers of the area.

    :raises VisitError: when it is not the manager's to challenge, no reason is given,
        it was challenged before, or the time for it is over.
    """
    visit = locked(visit)
    if not Premises.objects.managed_by(manager).filter(pk=visit.premises_id).exists():
        raise VisitError(_("You do not look after these premises."))
    if not reason.strip():
        raise VisitError(_("Write what you think is wrong with this result."))
    if Challenge.objects.filter(visit=visit).exists():
        raise VisitError(_("This result was challenged already."))
    if not is_open_to_challenge(visit, now=now):
        raise VisitError(
            _("The time to challenge this result is over. Please ring your officer.")
        )
    challenge = Challenge.objects.create(
        visit=visit, reason=reason.strip(), raised_by=manager, raised_at=now
    )
    record("challenge.raised", visit, actor=manager, challenge=challenge.key)
    _tell_officers(challenge, now)
    return challenge


@transaction.atomic
def decide_challenge(
    *, challenge: Challenge, is_upheld: bool, answer: str, actor: User, now: datetime
) -> Challenge:
    """Answer a challenge. An upheld one takes the result out of every figure.

    What was released stays readable, marked as set aside; open follow-ups end by the
    signal `visit_set_aside`, in the same transaction. The same decision taken twice
    changes nothing.

    :raises VisitError: when the officer had a part in the visit, no answer is given,
        or the other decision was taken before.
    """
    visit = locked(challenge.visit)
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    challenge.visit = visit
    require_officer(actor, visit.premises)
    if not may_decide(actor, visit):
        raise VisitError(
            _(
                "Someone else has to decide this: not the tester, nor the officers who "
                "planned or checked the visit."
            )
        )
    decision = ChallengeState.UPHELD if is_upheld else ChallengeState.DECLINED
    if challenge.state == decision:
        return challenge
    if challenge.state != ChallengeState.OPEN:
        raise VisitError(_("This challenge was decided already."))
    if not answer.strip():
        raise VisitError(_("Write an answer. The managers read it word for word."))
    challenge.state = decision
    challenge.answer = answer.strip()
    challenge.decided_by = actor
    challenge.decided_at = now
    challenge.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    record(f"challenge.{decision}", visit, actor=actor, challenge=challenge.key)
    if is_upheld:
        visit.set_aside_at = now
        visit.save(update_fields=["set_aside_at"])
        signals.visit_set_aside.send(TestVisit, visit=visit, now=now)
    _tell_managers(challenge, now)
    return challenge


def may_decide(actor: User, visit: TestVisit) -> bool:
    """Tell whether this person had no part in the visit."""
    return actor.pk not in {
        visit.planned_by_id,
        visit.checked_by_id,
        visit.tester_id,
    }


def _tell_officers(challenge: Challenge, now: datetime) -> None:
    premises = challenge.visit.premises
    address = reverse("visits_admin:challenge", args=[challenge.key])
    for officer in officers_for(premises.area, first=challenge.visit.planned_by):
        queue_message(
            dedupe_key=f"challenge-raised:{challenge.key}:user:{officer.pk}",
            template="challenge_raised",
            context={
                "name": officer.name,
                "premises": premises,
                "address": settings.WAGTAILADMIN_BASE_URL + address,
            },
            recipient=officer,
            area=premises.area,
            about=premises.key,
            now=now,
        )


def _tell_managers(challenge: Challenge, now: datetime) -> None:
    premises = challenge.visit.premises
    address = reverse("followups:feedback", args=[premises.key, challenge.visit.key])
    for manager in ManagerLink.objects.active().of_premises(premises).people():
        queue_message(
            dedupe_key=f"challenge-decided:{challenge.key}:user:{manager.pk}",
            template="challenge_decided",
            context={
                "name": manager.name,
                "premises": premises,
                "address": settings.WAGTAILADMIN_BASE_URL + address,
            },
            recipient=manager,
            area=premises.area,
            about=premises.key,
            now=now,
        )
