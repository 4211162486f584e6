"""The check of a list before it is applied: a dry run that adds nobody."""

from datetime import date

from django.utils.translation import gettext as _

from partners.register.enums import OPEN_IMPORT_STATES, ImportState, RowOutcome
from partners.register.models import StagedImport, StagedRow
from partners.register.services.errors import RegisterError
from partners.register.services.planning import Plan, match, read_rows

BATCH = 1000
PLAIN: tuple[str, dict[str, str], str] = (RowOutcome.NEW.value, {}, "")


def lock(staged: StagedImport) -> StagedImport:
    """Return the import as it is now, held until the transaction ends."""
    locked = StagedImport.objects.select_for_update(of=("self",))
    return locked.select_related("premises").get(pk=staged.pk)


def refuse_closed(staged: StagedImport) -> None:
    """Let only a list pass whose rows may still change.

    :raises RegisterError: when it is being applied, was applied or discarded.
    """
    if staged.state == ImportState.DISCARDED:
        raise RegisterError(_("This list was discarded. Choose the file again."))
    if staged.state == ImportState.APPLYING:
        raise RegisterError(_("These people are being added just now."))
    if staged.state not in OPEN_IMPORT_STATES:
        raise RegisterError(_("These people have already been added."))


def write_counts(staged: StagedImport, plan: Plan) -> None:
    """Note on the import what its rows would do, or have done; saves nothing."""
    staged.added = plan.count(RowOutcome.NEW)
    staged.known = plan.count(RowOutcome.KNOWN)
    staged.wrong = plan.count(RowOutcome.WRONG)
    staged.skipped = plan.count(RowOutcome.SKIPPED)
    staged.missing = plan.missing


def check(staged: StagedImport, *, today: date) -> None:
    """Say of each row what it would do, and count; the import is checked then."""
    plan = match(staged, read_rows(staged, today=today), today=today)
    _store(staged, plan)
    staged.state = ImportState.CHECKED
    staged.failure = ""
    write_counts(staged, plan)
    staged.save(
        update_fields=[
            *("state", "failure", "added", "known", "wrong", "skipped", "missing")
        ]
    )


def _store(staged: StagedImport, plan: Plan) -> None:
    """Write what came out of the check, and only where it is not what stands there.

    Most rows of a list are good: the first time they are marked in one statement.
    """
    known: dict[int, tuple[str, dict[str, str], str]] = {}
    if all(row.stored[0] == RowOutcome.UNCHECKED for row in plan.rows):
        staged.rows.update(outcome=RowOutcome.NEW)
        known = dict.fromkeys((row.number for row in plan.rows), PLAIN)
    changed = [
        row for row in plan.rows if row.result != known.get(row.number, row.stored)
    ]
    for start in range(0, len(changed), BATCH):
        some = changed[start : start + BATCH]
        # Put there anew: for many rows this is far quicker than to change each.
        staged.rows.filter(number__in=[row.number for row in some]).delete()
        StagedRow.objects.bulk_create(
            StagedRow(
                staged_import=staged,
                number=row.number,
                cells=row.cells,
                outcome=row.outcome,
                errors=row.errors,
                note=row.note[:200],
            )
            for row in some
        )
