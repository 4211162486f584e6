from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ScenarioKind(TextChoices):
    WALK_IN = "walk_in", _("Covert walk-in")
    TELEPHONE = "telephone", _("Telephone booking")


class Step(TextChoices):
    """What staff can do, stored apart because forces define a pass differently."""

    NOTICED = "noticed", _("Noticed")
    ASKED = "asked", _("Asked a friendly question")
    ASKED_ID = "asked_id", _("Asked for identification")
    REFUSED = "refused", _("Refused the room")
    CALLED_POLICE = "called_police", _("Called 999 or 101")
    USED_PHRASE = "used_phrase", _("Used the code phrase")
    KEPT_ROOM = "kept_room", _("Kept the room as it was")
    LOGGED = "logged", _("Wrote it down")


# What an area asks for until it says otherwise.
DEFAULT_STANDARD = frozenset(
    {Step.ASKED, Step.ASKED_ID, Step.CALLED_POLICE, Step.USED_PHRASE}
)


class Result(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_APPLICABLE = "na", _("Could not happen here")


class VisitState(TextChoices):
    PLANNED = "planned", _("Planned")
    SUBMITTED = "submitted", _("Sent in, to be checked")
    RETURNED = "returned", _("Back with the tester")
    CHECKED = "checked", _("Checked, not released")
    RELEASED = "released", _("Released to the premises")
    CANCELLED = "cancelled", _("Cancelled")
    NOT_COMPLETED = "not_completed", _("Not completed")
    STOPPED = "stopped", _("Stopped: the worry was real")


# What a tester has to do something about.
OPEN_FOR_TESTER_STATES = frozenset({VisitState.PLANNED, VisitState.RETURNED})
# On its way: nothing is known of its result yet.
UNDECIDED_STATES = frozenset(
    {
        VisitState.PLANNED,
        VisitState.SUBMITTED,
        VisitState.RETURNED,
        VisitState.CHECKED,
    }
)

# From each state, the states it may go to. `services` is the only place that moves.
TRANSITIONS: dict[VisitState, frozenset[VisitState]] = {
    VisitState.PLANNED: frozenset(
        {
            VisitState.SUBMITTED,
            VisitState.CANCELLED,
            VisitState.NOT_COMPLETED,
            VisitState.STOPPED,
        }
    ),
    VisitState.SUBMITTED: frozenset({VisitState.CHECKED, VisitState.RETURNED}),
    VisitState.RETURNED: frozenset({VisitState.SUBMITTED, VisitState.NOT_COMPLETED}),
    VisitState.CHECKED: frozenset({VisitState.RELEASED, VisitState.RETURNED}),
    VisitState.RELEASED: frozenset(),
    VisitState.CANCELLED: frozenset(),
    VisitState.NOT_COMPLETED: frozenset(),
    VisitState.STOPPED: frozenset(),
}


class ChallengeState(TextChoices):
    OPEN = "open", _("To be decided")
    UPHELD = "upheld", _("Upheld: the result counts no more")
    DECLINED = "declined", _("Not upheld: the result stands")


class Outcome(TextChoices):
    """Computed from the observations, never typed."""

    GOOD = "good", _("Everything the standard asks for")
    PARTLY = "partly", _("Some of what the standard asks for")
    GAP = "gap", _("Little of what the standard asks for")
