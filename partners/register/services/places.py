"""What is known of premises, and whom to ask there."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from partners.register.models import Contact, Premises
from partners.register.services.errors import RegisterError

MAX_CONTACTS = 6


@transaction.atomic
def add_contact(
    *,
    premises: Premises,
    name: str,
    actor: User,
    role: str = "",
    email: str = "",
    phone: str = "",
) -> Contact:
    """Note somebody to ring or write to.

    :raises RegisterError: without a way to reach them, or when there are many already.
    """
    if premises.contacts.count() >= MAX_CONTACTS:
        raise RegisterError(
            _("There are %(count)s contacts already. Take one out first.")
            % {"count": MAX_CONTACTS}
        )
    contact = Contact(premises=premises)
    _fill(contact, name=name, role=role, email=email, phone=phone)
    contact.save()
    record("contact.added", contact, actor=actor, premises=premises.pk)
    return contact


@transaction.atomic
def change_contact(
    *, contact: Contact, name: str, role: str, email: str, phone: str, actor: User
) -> Contact:
    """Correct what is known of a contact.

    :raises RegisterError: when no way to reach them would be left.
    """
    _fill(contact, name=name, role=role, email=email, phone=phone)
    contact.save(update_fields=["name", "role", "email", "phone"])
    record("contact.changed", contact, actor=actor, premises=contact.premises_id)
    return contact


@transaction.atomic
def remove_contact(*, contact: Contact, actor: User) -> None:
    """Forget a contact; the audit trail keeps that there was one, not who."""
    record("contact.removed", contact, actor=actor, premises=contact.premises_id)
    contact.delete()


@transaction.atomic
def change_profile(
    *,
    premises: Premises,
    accepts_walk_ins: bool | None,
    has_night_desk: bool,
    room_count: int | None,
    shifts: Sequence[str],
    staff_languages: Sequence[str],
    other_languages: str,
    actor: User,
    now: datetime,
) -> Premises:
    """Note how a place works, as its manager or an officer says, and when."""
    profile = {
        "accepts_walk_ins": accepts_walk_ins,
        "has_night_desk": has_night_desk,
        "room_count": room_count,
        "shifts": list(shifts),
        "staff_languages": list(staff_languages),
        "other_languages": " ".join(other_languages.split()),
        "profile_checked_at": now,
    }
    for name, value in profile.items():
        setattr(premises, name, value)
    premises.save(update_fields=list(profile))
    record("premises.profile_changed", premises, actor=actor)
    return premises


def _fill(contact: Contact, *, name: str, role: str, email: str, phone: str) -> None:
    contact.name = " ".join(name.split())
    contact.role = " ".join(role.split())
    contact.email = email.strip().lower()
    contact.phone = " ".join(phone.split())
    if not contact.email and not contact.phone:
        raise RegisterError(_("Give an e-mail address or a telephone number."))


def note_export(*, officer: User, rows: int) -> None:
    """Write into the audit trail that a list has left the system, and how long."""
    record("premises.exported", officer, actor=officer, rows=rows)
