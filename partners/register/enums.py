from django.db.models import IntegerChoices, TextChoices
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
    # A request without proof of work: nothing is sent before somebody has rung.
    CALL_BACK = "call-back", _("To be rung first")
    UNCONFIRMED = "unconfirmed", _("E-mail not confirmed yet")
    WAITING = "waiting", _("Waiting for an officer")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")


DECIDED_JOIN_STATES = frozenset({JoinState.APPROVED, JoinState.DECLINED})


class ImportState(TextChoices):
    MAPPING = "mapping", _("Columns to be confirmed")
    CHECKED = "checked", _("Checked, not applied")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    FAILED = "failed", _("Could not be applied")
    UNDONE = "undone", _("Taken back")
    DISCARDED = "discarded", _("Discarded")


# What a manager may still change, and what is thrown away when nobody comes back.
OPEN_IMPORT_STATES = frozenset(
    {ImportState.MAPPING, ImportState.CHECKED, ImportState.FAILED}
)


class RowOutcome(TextChoices):
    UNCHECKED = "", _("Not checked yet")
    NEW = "new", _("Will be added")
    KNOWN = "known", _("Already on your list")
    WRONG = "wrong", _("To be corrected")
    SKIPPED = "skip", _("Left out by you")


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


class BusinessType(IntegerChoices):
    """Kinds of business as the food hygiene open data numbers them."""

    LODGING = 7842, _("Hotel, B&B or guest house")
    PUB = 7843, _("Pub, bar or nightclub")
    TAKEAWAY = 7844, _("Takeaway or sandwich shop")
    RESTAURANT = 1, _("Restaurant, café or canteen")
    SUPERMARKET = 7840, _("Supermarket")
    SHOP = 4613, _("Other shop")


# How a business of the open data is called once it takes part.
KINDS_OF_BUSINESS: dict[int, frozenset[PremisesKind]] = {
    BusinessType.LODGING: frozenset(
        {PremisesKind.HOTEL, PremisesKind.BED_AND_BREAKFAST}
    ),
    BusinessType.PUB: frozenset({PremisesKind.LICENSED}),
    BusinessType.TAKEAWAY: frozenset({PremisesKind.TAKEAWAY}),
    BusinessType.RESTAURANT: frozenset({PremisesKind.TAKEAWAY}),
    BusinessType.SUPERMARKET: frozenset({PremisesKind.SHOP}),
    BusinessType.SHOP: frozenset({PremisesKind.SHOP}),
}


class PlaceState(TextChoices):
    """Where a business of the area stands with us; computed, never typed."""

    TAKING_PART = "taking-part", _("Taking part")
    NOT_INVITED = "not-invited", _("Not invited yet")
    INVITED = "invited", _("Invited, no answer yet")
    SAID_NO = "said-no", _("Said no")
    LEFT = "left", _("Took part before")
    NOT_COUNTED = "not-counted", _("Not counted")
    GONE = "gone", _("No longer listed")


class NotCounted(TextChoices):
    """Why an officer leaves a business out of the count."""

    OTHER_KIND = "other", _("Is not what the list says")
    CLOSED = "closed", _("Has closed")
    DUPLICATE = "duplicate", _("Stands in the list twice")


class LoadOrigin(TextChoices):
    SERVICE = "service", _("From the open data service")
    SITE = "site", _("The whole file from the open data site")
    FILE = "file", _("From a file I have")


class LoadState(TextChoices):
    READING = "reading", _("Being read")
    STOPPED = "stopped", _("Stopped")
    PREVIEW = "preview", _("To be looked at")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    DISCARDED = "discarded", _("Discarded")


OPEN_LOAD_STATES = frozenset(
    {LoadState.READING, LoadState.STOPPED, LoadState.PREVIEW, LoadState.APPLYING}
)


class PlaceOutcome(TextChoices):
    """What applying a list does about one business in it."""

    NEW = "new", _("New")
    LIKELY = "likely", _("Likely the same as premises we know")
    CHANGED = "changed", _("Changed name or address")
    KNOWN = "known", _("Known, nothing changed")
    GONE = "gone", _("Gone since last time")
    ELSEWHERE = "elsewhere", _("Belongs to the list of another area")


class PlaceChangeKind(TextChoices):
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Opened again")
