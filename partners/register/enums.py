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
