from partners.register.models.imports import StagedImport, StagedRow
from partners.register.models.joining import JoinRequest
from partners.register.models.mailings import Mailing, MailingRecipient
from partners.register.models.premises import (
    ManagerLink,
    Organisation,
    Premises,
    PremisesQuerySet,
)
from partners.register.models.staff import Spell, SpellQuerySet, StaffMember

__all__ = [
    "JoinRequest",
    "Mailing",
    "MailingRecipient",
    "ManagerLink",
    "Organisation",
    "Premises",
    "PremisesQuerySet",
    "Spell",
    "SpellQuerySet",
    "StaffMember",
    "StagedImport",
    "StagedRow",
]
