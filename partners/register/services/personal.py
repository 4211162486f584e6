"""What is handed out about people, noted in the audit trail."""

from django.db import transaction

from accounts.models import User
from core.audit import record
from core.personal_data import Section, sections_about
from partners.register.models import Premises, StaffMember


@transaction.atomic
def copy_of(*, person: StaffMember, actor: User) -> list[Section]:
    """Gather what every room knows of a person, and note that it was read."""
    sections = sections_about(person)
    record("staffmember.copied", person, actor=actor)
    return sections


@transaction.atomic
def note_staff_export(*, premises: Premises, actor: User) -> None:
    """Note that the staff list of a premises was taken out as a file."""
    record("premises.staff_exported", premises, actor=actor)
