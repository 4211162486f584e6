"""Putting right in the browser what a list has wrong, row by row."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from partners.register.enums import ImportState, RowOutcome
from partners.register.models import StagedImport, StagedRow
from partners.register.services.checking import BATCH, check, lock, refuse_closed
from partners.register.services.errors import RegisterError
from partners.register.spreadsheets import Field


@transaction.atomic
def fix_row(
    *,
    staged: StagedImport,
    number: int,
    values: dict[Field, str],
    everywhere: set[Field],
    actor: User,
    now: datetime,
) -> StagedImport:
    """Write other values into a row and check the list again.

    A field in `everywhere` is changed in each row that had the same value.
    :raises RegisterError: when the list is closed or has no such row.
    """
    staged = _lock_checked(staged)
    row = _row(staged, number)
    places = {column["field"]: at for at, column in enumerate(staged.columns)}
    rows = [row]
    if everywhere:
        rows = [*staged.rows.exclude(outcome=RowOutcome.SKIPPED).order_by("number")]
    before = list(row.cells)
    changed = []
    for one in rows:
        cells = list(one.cells)
        for field, text in values.items():
            at = places[field]
            is_same = field in everywhere and cells[at] == before[at]
            if one.number == number or is_same:
                cells[at] = text
        if cells != one.cells:
            one.cells = cells
            changed.append(one)
    StagedRow.objects.bulk_update(changed, ["cells"], batch_size=BATCH)
    check(staged, today=timezone.localdate(now))
    record("import.row_fixed", staged, actor=actor, row=number, rows=len(changed))
    return staged


@transaction.atomic
def skip_row(
    *, staged: StagedImport, number: int, actor: User, now: datetime
) -> StagedImport:
    """Leave a row out of the list.

    :raises RegisterError: when the list is closed or has no such row.
    """
    staged = _mark(staged, number, RowOutcome.SKIPPED, now=now)
    record("import.row_skipped", staged, actor=actor, row=number)
    return staged


@transaction.atomic
def unskip_row(
    *, staged: StagedImport, number: int, actor: User, now: datetime
) -> StagedImport:
    """Take a row up again that was left out.

    :raises RegisterError: when the list is closed or has no such row.
    """
    staged = _mark(staged, number, RowOutcome.WRONG, now=now)
    record("import.row_taken", staged, actor=actor, row=number)
    return staged


def _lock_checked(staged: StagedImport) -> StagedImport:
    staged = lock(staged)
    refuse_closed(staged)
    if staged.state == ImportState.MAPPING:
        raise RegisterError(_("Confirm what the columns hold first."))
    return staged


def _row(staged: StagedImport, number: int) -> StagedRow:
    row = staged.rows.filter(number=number).first()
    if row is None:
        raise RegisterError(_("This list has no row %(number)s.") % {"number": number})
    return row


def _mark(
    staged: StagedImport, number: int, outcome: RowOutcome, *, now: datetime
) -> StagedImport:
    staged = _lock_checked(staged)
    row = _row(staged, number)
    row.outcome = outcome
    row.save(update_fields=["outcome"])
    check(staged, today=timezone.localdate(now))
    return staged
