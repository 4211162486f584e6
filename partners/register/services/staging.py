from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from partners.register.enums import OPEN_IMPORT_STATES, ImportState
from partners.register.models import Premises, StagedImport, StagedRow
from partners.register.services.checking import BATCH, check, lock, refuse_closed
from partners.register.services.errors import RegisterError
from partners.register.spreadsheets import (
    Field,
    SpreadsheetError,
    date_order,
    read_table,
    sort_out,
)

ROWS_KEPT = timedelta(days=14)
DATES = (Field.STARTED_ON, Field.ENDED_ON)


@transaction.atomic
def stage_import(
    *,
    premises: Premises,
    filename: str,
    content: bytes,
    actor: User,
    now: datetime,
    named: dict[str, Field] | None = None,
    instead_of: StagedImport | None = None,
) -> StagedImport:
    """Read a spreadsheet and keep the columns we may keep, until the manager decides.

    The file is not stored, and neither is a column we do not know or must not keep.
    `named` says what headings hold that we did not know; `instead_of` is discarded.
    :raises RegisterError: when it cannot be read.
    """
    try:
        table = read_table(content)
    except SpreadsheetError as error:
        raise RegisterError(str(error)) from error
    kept, dropped = sort_out(
        table.headings,
        [cells for _number, cells in table.rows],
        today=timezone.localdate(now),
        named=named,
    )
    places = [column.at for column in kept]
    rows = [(n, _cells(row, places)) for n, row in table.rows]
    rows = [(number, cells) for number, cells in rows if any(cells)]
    dates = [i for i, column in enumerate(kept) if column.field in DATES]
    order = date_order(cells[i] for _number, cells in rows for i in dates)
    staged = StagedImport.objects.create(
        premises=premises,
        created_by=actor,
        created_at=now,
        filename=filename[-200:],
        columns=[
            {
                "heading": column.heading[:100],
                "field": column.field.value,
                "guessed": True,
                "why": column.why.value,
            }
            for column in kept
        ],
        dropped=[
            {"heading": column.heading[:100], "reason": column.reason.value}
            for column in dropped
        ],
        is_day_first=order.is_day_first,
        date_reason=order.reason[:200],
        is_everybody=bool(instead_of and instead_of.is_everybody),
    )
    StagedRow.objects.bulk_create(
        [StagedRow(staged_import=staged, number=n, cells=cells) for n, cells in rows],
        batch_size=BATCH,
    )
    record("import.staged", staged, actor=actor, rows=len(rows))
    if instead_of is not None:
        discard_import(staged=instead_of, actor=actor)
    return staged


def _cells(row: Sequence[str], places: list[int]) -> list[str]:
    return [row[at] if at < len(row) else "" for at in places]


@transaction.atomic
def confirm_columns(
    *,
    staged: StagedImport,
    fields: list[str],
    is_day_first: bool,
    actor: User,
    now: datetime,
    is_everybody: bool = False,
) -> StagedImport:
    """Take the manager's word for what each column holds, and check every row.

    An empty field leaves a column out. With `is_everybody` the list is taken for all
    who work here, and who is not in it is noted. It may be asked again until applied.

    :raises RegisterError: when a column is missing or named twice.
    """
    staged = lock(staged)
    refuse_closed(staged)
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
    staged.is_everybody = is_everybody
    staged.save(update_fields=["columns", "is_day_first", "is_everybody"])
    check(staged, today=timezone.localdate(now))
    record("import.checked", staged, actor=actor)
    return staged


@transaction.atomic
def discard_import(*, staged: StagedImport, actor: User) -> StagedImport:
    """Throw away what was read; nobody is added.

    :raises RegisterError: when it has been applied.
    """
    staged = lock(staged)
    if staged.state == ImportState.DISCARDED:
        return staged
    refuse_closed(staged)
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
    rows = StagedRow.objects.filter(staged_import__in=old)
    forgotten, _by_model = rows.exclude(
        staged_import__state=ImportState.APPLYING
    ).delete()
    return forgotten


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
