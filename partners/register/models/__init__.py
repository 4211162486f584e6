from partners.register.models.contacts import CONTACTS_ASKED_FOR, Contact
from partners.register.models.imports import StagedImport, StagedRow
from partners.register.models.joining import JoinRequest
from partners.register.models.mailings import Mailing, MailingRecipient
from partners.register.models.managing import (
    ManagerAlarm,
    ManagerLink,
    ManagerLinkQuerySet,
)
from partners.register.models.organisations import Organisation, Region
from partners.register.models.premises import Premises, PremisesQuerySet
from partners.register.models.staff import Spell, SpellQuerySet, StaffMember

__all__ = [
    "CONTACTS_ASKED_FOR",
    "Contact",
    "JoinRequest",
    "Mailing",
    "MailingRecipient",
    "ManagerAlarm",
    "ManagerLink",
    "ManagerLinkQuerySet",
    "Organisation",
    "Premises",
    "PremisesQuerySet",
    "Region",
    "Spell",
    "SpellQuerySet",
    "StaffMember",
    "StagedImport",
    "StagedRow",
]
