from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TrainingState(TextChoices):
    """How a person stands on a day; "never trained" and "expired" are never one."""

    NEVER_TRAINED = "never", _("Never trained")
    EXPIRED = "expired", _("Expired")
    IN_GRACE = "grace", _("Still has time")
    VALID = "valid", _("In date")
    NOT_REQUIRED = "none", _("Nothing required")


class Renewal(TextChoices):
    """When a person does a module again."""

    ROLLING = "rolling", _("Each person by their own day, so many months after it")
    SEASON = "season", _("Everybody in the same weeks of each year")


class LateStarters(TextChoices):
    """What holds for who starts in the last days of a season."""

    OWN_DAYS = "own", _("They have the same days as everybody who starts")
    NEXT_SEASON = "next", _("They have until the next season ends")


class CoverageLevel(TextChoices):
    """Of whom coverage is kept for each day; a force takes in its districts."""

    PREMISES = "premises", _("Premises")
    ORGANISATION = "organisation", _("Organisation")
    AREA = "area", _("Area")
    EVERYBODY = "everybody", _("Everybody")


class SessionState(TextChoices):
    """How far a face-to-face session is."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open: people sign in")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


# From each state, the states it may go to. Only services move a session.
SESSION_TRANSITIONS: dict[SessionState, frozenset[SessionState]] = {
    SessionState.PLANNED: frozenset({SessionState.OPEN, SessionState.CANCELLED}),
    SessionState.OPEN: frozenset({SessionState.CLOSED, SessionState.CANCELLED}),
    SessionState.CLOSED: frozenset(),
    SessionState.CANCELLED: frozenset(),
}


class AttendanceBy(TextChoices):
    """How it became known that somebody was at a session."""

    CODE = "code", _("By the code")
    LIST = "list", _("From the list")
