from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record, record_each
from core.signals import spell_changed
from partners.register.enums import OPEN_IMPORT_STATES, ImportState, RowOutcome
from partners.register.models import (
    Premises,
    Spell,
    StaffMember,
    StagedImport,
    StagedRow,
)
from partners.register.services.errors import RegisterError
from partners.register.services.roster import Posts, Roster
from partners.register.spreadsheets import (
    Entry,
    Field,
    SpreadsheetError,
    date_order,
    read_entry,
    read_table,
    sort_out,
)

BATCH = 500
ROWS_KEPT = timedelta(days=14)
DATES = (Field.STARTED_ON, Field.ENDED_ON)


@dataclass
class PlannedRow:
    """What would become of a row if it were applied now."""

    row: StagedRow
    person: StaffMember | None = None
    entry: Entry | None = None
    is_new_person: bool = False


@transaction.atomic
def stage_import(
    *, premises: Premises, filename: str, content: bytes, actor: User, now: datetime
) -> StagedImport:
    """Read a spreadsheet and keep the columns we may keep, until the manager decides.

    The file is not stored, and neither is a column we do not know or must not keep.
    :raises RegisterError: when it cannot be read.
    """
    try:
        table = read_table(content)
    except SpreadsheetError as error:
        raise RegisterError(str(error)) from error
    kept, dropped = sort_out(table.headings)
    rows = [
        (number, [row[c.at] if c.at < len(row) else "" for c in kept])
        for number, row in table.rows
    ]
    dates = [i for i, column in enumerate(kept) if column.field in DATES]
    order = date_order(cells[i] for _number, cells in rows for i in dates)
    staged = StagedImport.objects.create(
        premises=premises,
        created_by=actor,
        created_at=now,
        filename=filename[-200:],
        columns=[
            {"heading": c.heading[:100], "field": c.field.value, "guessed": True}
            for c in kept
        ],
        dropped=[heading[:100] for heading in dropped],
        is_day_first=order.is_day_first,
        date_reason=order.reason,
    )
    StagedRow.objects.bulk_create(
        (
            StagedRow(staged_import=staged, number=number, cells=cells)
            for number, cells in rows
            if any(cells)
        ),
        batch_size=BATCH,
    )
    record("import.staged", staged, actor=actor, rows=len(rows))
    return staged


@transaction.atomic
def confirm_columns(
    *,
    staged: StagedImport,
    fields: list[str],
    is_day_first: bool,
    actor: User,
    now: datetime,
) -> StagedImport:
    """Take the manager's word for what each column holds, and check every row.

    An empty field leaves a column out. It may be asked again until applied.
    :raises RegisterError: when a column is missing or named twice.
    """
    staged = _lock(staged)
    _refuse_closed(staged)
    _refuse_fields(fields, len(staged.columns))
    staged.columns = [
        {
            **column,
            "field": field,
            "guessed": column["guessed"] and field == column["field"],
        }
        for column, field in zip(staged.columns, fields, strict=True)
    ]
    staged.is_day_first = is_day_first
    planned = list(_plan(staged, today=timezone.localdate(now)))
    staged.rows.all().delete()
    StagedRow.objects.bulk_create((plan.row for plan in planned), batch_size=BATCH)
    staged.state = ImportState.CHECKED
    _count(staged, planned)
    staged.save(
        update_fields=["columns", "is_day_first", "state", "added", "known", "wrong"]
    )
    record("import.checked", staged, actor=actor)
    return staged


@transaction.atomic
def apply_import(*, staged: StagedImport, actor: User, now: datetime) -> StagedImport:
    """Add the people of the good rows, all of them or none.

    Every row is looked at again, for the list may have changed. Applying a second time
    does nothing. Tells `spell_changed` of each.

    :raises RegisterError: when it was discarded or never checked, or is overtaken.
    """
    staged = _lock(staged)
    if staged.state == ImportState.APPLIED:
        return staged
    _refuse_closed(staged)
    if staged.state != ImportState.CHECKED:
        raise RegisterError(_("Confirm what the columns hold first."))
    planned = list(_plan(staged, today=timezone.localdate(now)))
    spells = _put_in_post(staged.premises, planned, actor=actor)
    staged.state = ImportState.APPLIED
    staged.applied_at = now
    _count(staged, planned)
    staged.save(update_fields=["state", "applied_at", "added", "known", "wrong"])
    staged.rows.exclude(outcome=RowOutcome.WRONG).delete()
    record("import.applied", staged, actor=actor, added=staged.added)
    for spell in spells:
        spell_changed.send(sender=Spell, spell=spell, now=now)
    return staged


@transaction.atomic
def discard_import(*, staged: StagedImport, actor: User) -> StagedImport:
    """Throw away what was read; nobody is added.

    :raises RegisterError: when it has been applied.
    """
    staged = _lock(staged)
    if staged.state == ImportState.DISCARDED:
        return staged
    _refuse_closed(staged)
    staged.state = ImportState.DISCARDED
    staged.save(update_fields=["state"])
    staged.rows.all().delete()
    record("import.discarded", staged, actor=actor)
    return staged


@transaction.atomic
def forget_old_rows(*, now: datetime) -> int:
    """Delete the rows of imports that nobody has touched for two weeks."""
    old = StagedImport.objects.filter(created_at__lt=now - ROWS_KEPT)
    for staged in old.filter(state__in=OPEN_IMPORT_STATES):
        staged.state = ImportState.DISCARDED
        staged.save(update_fields=["state"])
        record(
            "import.discarded", staged, job="partners.register.tasks.forget_old_rows"
        )
    forgotten, _by_model = StagedRow.objects.filter(staged_import__in=old).delete()
    return forgotten


def _lock(staged: StagedImport) -> StagedImport:
    locked = StagedImport.objects.select_for_update(of=("self",))
    return locked.select_related("premises").get(pk=staged.pk)


def _refuse_closed(staged: StagedImport) -> None:
    if staged.state == ImportState.APPLIED:
        raise RegisterError(_("These people have already been added."))
    if staged.state == ImportState.DISCARDED:
        raise RegisterError(_("This list was discarded. Choose the file again."))


def _refuse_fields(fields: list[str], count: int) -> None:
    named = [Field(field) for field in fields if field]
    if len(fields) != count:
        raise RegisterError(_("Say for each column what it holds."))
    for field in named:
        if named.count(field) > 1:
            raise RegisterError(
                _("Two columns are both “%(field)s”. Choose one of them.")
                % {"field": field.label}
            )
    if Field.NAME not in named and not {Field.FIRST_NAME, Field.LAST_NAME} <= {*named}:
        raise RegisterError(
            _("Say which column holds the name, or the first and the last name.")
        )
    for field in (Field.ROLE, Field.STARTED_ON):
        if field not in named:
            raise RegisterError(
                _("No column holds “%(field)s”. Add one to your file and try again.")
                % {"field": field.label}
            )


def _plan(staged: StagedImport, *, today: date) -> Iterator[PlannedRow]:
    """Yield each row with its outcome set; reads the list once, writes nothing."""
    fields = [column["field"] for column in staged.columns]
    rows = list(staged.rows.order_by("number"))
    read = [
        (
            row,
            *read_entry(
                {
                    Field(f): cell
                    for f, cell in zip(fields, row.cells, strict=True)
                    if f
                },
                is_day_first=staged.is_day_first,
                today=today,
            ),
        )
        for row in rows
    ]
    numbers = {entry.staff_number for _row, entry, _errors, _remark in read if entry}
    roster = Roster(staged.premises, numbers=numbers)
    posts = Posts(staged.premises)
    for row, entry, errors, remark in read:
        row.pk = None
        row.note, row.errors = remark, errors
        yield _planned(row, entry, roster, posts)


def _planned(
    row: StagedRow, entry: Entry | None, roster: Roster, posts: Posts
) -> PlannedRow:
    plan = PlannedRow(row, entry=entry)
    row.outcome = RowOutcome.WRONG
    if entry is None:
        return plan
    try:
        plan.person, plan.is_new_person = roster.person(
            name=entry.name,
            staff_number=entry.staff_number,
            email=entry.email,
            language=entry.language,
        )
    except RegisterError as refusal:
        row.errors = {Field.STAFF_NUMBER.value: str(refusal)}
        return plan
    is_free = posts.take(plan.person, entry.role, entry.started_on, entry.ended_on)
    row.outcome = RowOutcome.NEW if is_free else RowOutcome.KNOWN
    return plan


def _count(staged: StagedImport, planned: Iterable[PlannedRow]) -> None:
    outcomes = [plan.row.outcome for plan in planned]
    staged.added = outcomes.count(RowOutcome.NEW)
    staged.known = outcomes.count(RowOutcome.KNOWN)
    staged.wrong = outcomes.count(RowOutcome.WRONG)


def _put_in_post(
    premises: Premises, planned: list[PlannedRow], *, actor: User
) -> list[Spell]:
    good = [plan for plan in planned if plan.row.outcome == RowOutcome.NEW]
    people = [plan.person for plan in good if plan.is_new_person and plan.person]
    try:
        with transaction.atomic():
            StaffMember.objects.bulk_create(people, batch_size=BATCH)
            spells = Spell.objects.bulk_create(
                map(_spell, [premises] * len(good), good), batch_size=BATCH
            )
    except IntegrityError as error:
        raise RegisterError(
            _("Your list has changed meanwhile. Please press the button again.")
        ) from error
    record_each("staffmember.created", people, actor=actor)
    record_each("spell.started", spells, actor=actor)
    return spells


def _spell(premises: Premises, plan: PlannedRow) -> Spell:
    values: dict[str, Any] = {"staff_member": plan.person, "premises": premises}
    if plan.entry:
        values |= {
            "role": plan.entry.role,
            "shift": plan.entry.shift,
            "started_on": plan.entry.started_on,
            "ended_on": plan.entry.ended_on,
        }
    return Spell(**values)
