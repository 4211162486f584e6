from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PremisesKind(TextChoices):
    HOTEL = "hotel", _("Hotel")
    BED_AND_BREAKFAST = "bnb", _("B&B or guest house")
    TAXI = "taxi", _("Taxi or private hire firm")
    LICENSED = "licensed", _("Pub, bar or club")
    TAKEAWAY = "takeaway", _("Takeaway or restaurant")
    SHOP = "shop", _("Shop")
    TRANSPORT = "transport", _("Transport")
    OTHER = "other", _("Other")


WITH_ROOMS = frozenset({PremisesKind.HOTEL, PremisesKind.BED_AND_BREAKFAST})


class PremisesState(TextChoices):
    ACTIVE = "active", _("Taking part")
    CLOSED = "closed", _("Closed")


class StaffRole(TextChoices):
    RECEPTION = "reception", _("Reception")
    HOUSEKEEPING = "housekeeping", _("Housekeeping")
    MAINTENANCE = "maintenance", _("Maintenance")
    BAR = "bar", _("Bar and restaurant")
    SECURITY = "security", _("Security and door")
    DRIVER = "driver", _("Driver")
    COUNTER = "counter", _("Shop or takeaway counter")
    MANAGER = "manager", _("Manager")
    OTHER = "other", _("Other")


class Shift(TextChoices):
    DAY = "day", _("Day")
    EVENING = "evening", _("Evening")
    NIGHT = "night", _("Night")
    MIXED = "mixed", _("Changing shifts")


class JoinState(TextChoices):
    UNCONFIRMED = "unconfirmed", _("E-mail not confirmed yet")
    WAITING = "waiting", _("Waiting for an officer")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")


DECIDED_JOIN_STATES = frozenset({JoinState.APPROVED, JoinState.DECLINED})


class ImportState(TextChoices):
    MAPPING = "mapping", _("Columns to be confirmed")
    CHECKED = "checked", _("Checked, not applied")
    APPLIED = "applied", _("Applied")
    DISCARDED = "discarded", _("Discarded")


OPEN_IMPORT_STATES = frozenset({ImportState.MAPPING, ImportState.CHECKED})


class RowOutcome(TextChoices):
    UNCHECKED = "", _("Not checked yet")
    NEW = "new", _("Will be added")
    KNOWN = "known", _("Already on your list")
    WRONG = "wrong", _("To be corrected")


class Reach(TextChoices):
    """How much of an organisation a manager looks after."""

    PREMISES = "premises", _("These premises")
    REGION = "region", _("A region")
    ORGANISATION = "organisation", _("All of the organisation")


class LinkEnd(TextChoices):
    """Why somebody no longer looks after something."""

    BY_SELF = "self", _("Gave it up")
    BY_MANAGER = "manager", _("Ended by another manager")
    BY_OFFICER = "officer", _("Ended by an officer")
    HANDED_OVER = "handed-over", _("Handed over")
    CLOSED = "closed", _("The premises closed")
    OTHER_OWNER = "other-owner", _("The premises changed hands")


class ManagerState(TextChoices):
    """How the officers' list can be narrowed by who looks after premises."""

    NOBODY = "none", _("Nobody looks after them")
    ALARM = "alarm", _("Nobody can be reached any more")


class AlarmCause(TextChoices):
    NOBODY = "nobody", _("Nobody looks after the premises")
    NO_MAIL = "no-mail", _("No e-mail to its managers arrives")
