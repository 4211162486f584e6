from partners.register.models.area_places import (
    AreaPlace,
    AreaPlaceQuerySet,
    PlaceSource,
    SignUp,
)
from partners.register.models.changes import Ownership, PlaceChange
from partners.register.models.contacts import CONTACTS_ASKED_FOR, Contact
from partners.register.models.imports import StagedImport, StagedRow
from partners.register.models.joining import JoinRequest, SpentChallenge
from partners.register.models.mailings import Mailing, MailingRecipient
from partners.register.models.managing import (
    ManagerAlarm,
    ManagerLink,
    ManagerLinkQuerySet,
)
from partners.register.models.organisations import Organisation, Region
from partners.register.models.place_loads import PlaceLoad, PlaceLoadRow
from partners.register.models.premises import Premises, PremisesQuerySet
from partners.register.models.retention import RetentionTerm
from partners.register.models.staff import Spell, SpellQuerySet, StaffMember

__all__ = [
    "CONTACTS_ASKED_FOR",
    "AreaPlace",
    "AreaPlaceQuerySet",
    "Contact",
    "JoinRequest",
    "Mailing",
    "MailingRecipient",
    "ManagerAlarm",
    "ManagerLink",
    "ManagerLinkQuerySet",
    "Organisation",
    "Ownership",
    "PlaceChange",
    "PlaceLoad",
    "PlaceLoadRow",
    "PlaceSource",
    "Premises",
    "PremisesQuerySet",
    "Region",
    "RetentionTerm",
    "SignUp",
    "Spell",
    "SpellQuerySet",
    "SpentChallenge",
    "StaffMember",
    "StagedImport",
    "StagedRow",
]
