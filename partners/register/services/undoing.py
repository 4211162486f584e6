"""Taking an import back: exactly what it added, and nothing that was built on it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from core.models import AuditEvent
from core.signals import spells_changed
from partners.register.enums import ImportState
from partners.register.models import Spell, StaffMember, StagedImport
from partners.register.services.checking import BATCH, lock
from partners.register.services.errors import RegisterError


@dataclass(frozen=True)
class Undoing:
    """What taking an import back would do: spells that go, and those that stay."""

    goes: list[Spell]
    stays: list[tuple[Spell, str]]


def plan_undo(staged: StagedImport) -> Undoing:
    """Say which spells of an import can be taken back, and why others cannot."""
    ended = _ended_since(staged)
    in_use = _people_in_use(staged)
    spells = Spell.objects.standing().filter(staged_import=staged)
    plan = Undoing([], [])
    for spell in spells.select_related("staff_member").order_by("pk"):
        if spell.pk in ended:
            plan.stays.append((spell, _("was marked as left since")))
        elif reason := in_use.get(spell.staff_member_id):
            plan.stays.append((spell, reason))
        else:
            plan.goes.append(spell)
    return plan


@transaction.atomic
def undo_import(*, staged: StagedImport, actor: User, now: datetime) -> StagedImport:
    """Void the spells an import added and take the names of people it brought.

    Whoever has trained, holds a slip or was changed since stays. Tells
    `spells_changed`. A second time does nothing.

    :raises RegisterError: when it was never applied, or everybody has to stay.
    """
    staged = lock(staged)
    if staged.state == ImportState.UNDONE:
        return staged
    if staged.state != ImportState.APPLIED:
        raise RegisterError(_("Nobody was added from this list yet."))
    goes = plan_undo(staged).goes
    if not goes:
        raise RegisterError(_("Nobody of this list can be taken back any more."))
    for some in batched(goes, BATCH):
        Spell.objects.filter(pk__in=[spell.pk for spell in some]).update(
            voided_at=now, void_reason=_("The list it came from was taken back")
        )
    people = _forget_people(staged, now=now)
    staged.state = ImportState.UNDONE
    staged.undone_at = now
    staged.taken_back = len(goes)
    staged.save(update_fields=["state", "undone_at", "taken_back"])
    staged.rows.all().delete()
    record("import.undone", staged, actor=actor, spells=len(goes), people=people)
    spells_changed.send(sender=Spell, spells=goes, now=now)
    return staged


def _forget_people(staged: StagedImport, *, now: datetime) -> int:
    """Blank whoever came with the import and holds no spell any more; return how many.

    The row stays, for the voided spell refers to it; the person is gone from each list.
    """
    standing = Spell.objects.standing().values("staff_member")
    brought = StaffMember.objects.filter(staged_import=staged, anonymised_at=None)
    return brought.exclude(pk__in=standing).update(
        name="", staff_number="", email="", phone="", anonymised_at=now
    )


def _ended_since(staged: StagedImport) -> set[int]:
    """Return the spells of the import that somebody has marked as left since."""
    ended = AuditEvent.objects.filter(
        subject_type=Spell._meta.label_lower,
        verb="spell.ended",
        at__gte=staged.created_at,
    )
    return {int(pk) for pk in ended.values_list("subject_id", flat=True)}


def _people_in_use(staged: StagedImport) -> dict[int, str]:
    """Return who of the import has more to their name than its spells, and what.

    Asked of every table that refers to a person, whichever room it belongs to.
    """
    brought = StaffMember.objects.filter(staged_import=staged)
    in_use: dict[int, str] = defaultdict(str)
    for relation in StaffMember._meta.related_objects:
        model: Any = relation.related_model
        if model is Spell:
            others = Spell.objects.standing().exclude(staged_import=staged)
            rows: QuerySet[Spell] = others
            reason = _("was put in another role or premises since")
        else:
            rows = model.objects.all()
            reason = _("has a slip, training or a task since")
        name = relation.field.name
        used = rows.filter(**{f"{name}__in": brought.values("pk")})
        for pk in used.values_list(name, flat=True).distinct():
            in_use.setdefault(pk, reason)
    return in_use
