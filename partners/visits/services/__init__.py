"""Everything that changes a test visit. `enums.TRANSITIONS` says which moves exist."""

from partners.visits.services.attending import sign_brief, stop_for_real
from partners.visits.services.authorising import Decision, enter_authorisation
from partners.visits.services.challenging import (
    decide_challenge,
    is_open_to_challenge,
    may_decide,
    raise_challenge,
)
from partners.visits.services.checking import check_visit, return_visit
from partners.visits.services.feeds import make_feed, revoke_feed
from partners.visits.services.gates import VisitError, is_second_officer
from partners.visits.services.planning import (
    Plan,
    cancel_visit,
    plan_visit,
    reassign_visit,
    record_not_completed,
    reschedule_visit,
)
from partners.visits.services.reading import note_reads
from partners.visits.services.recording import Seen, submit_visit
from partners.visits.services.releasing import release_visit, seen_steps
from partners.visits.services.standards import set_standard

__all__ = [
    "Decision",
    "Plan",
    "Seen",
    "VisitError",
    "cancel_visit",
    "check_visit",
    "decide_challenge",
    "enter_authorisation",
    "is_open_to_challenge",
    "is_second_officer",
    "make_feed",
    "may_decide",
    "note_reads",
    "plan_visit",
    "raise_challenge",
    "reassign_visit",
    "record_not_completed",
    "release_visit",
    "reschedule_visit",
    "return_visit",
    "revoke_feed",
    "seen_steps",
    "set_standard",
    "sign_brief",
    "stop_for_real",
    "submit_visit",
]
