"""Adding the people of a checked list, in the background and in one transaction."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from core.jobs import enqueue_on_commit
from core.signals import spells_changed
from partners.register.enums import ImportState, RowOutcome
from partners.register.models import Spell, StaffMember, StagedImport
from partners.register.services.checking import lock, refuse_closed, write_counts
from partners.register.services.errors import RegisterError
from partners.register.services.planning import PlannedRow, match, read_rows
from partners.register.services.roster import Newcomer, hold_roster

BATCH = 1000
JOB = "partners.register.tasks.apply_import"
# A worker that has not finished after this long is taken to have been killed,
AFTER_A_KILL = timedelta(minutes=2)
# and a list that ends every worker is not tried for ever.
GIVEN_UP_AFTER = timedelta(hours=1)

KEY_LENGTH = 12
ALPHABET = b"abcdefghjkmnpqrstuvwxyz23456789"
TO_LETTERS = bytes(ALPHABET[byte % len(ALPHABET)] for byte in range(256))
# Left out, so that each letter is drawn as often as any other.
UNEVEN = bytes(range(256 - 256 % len(ALPHABET), 256))


@transaction.atomic
def start_import(*, staged: StagedImport, actor: User, now: datetime) -> StagedImport:
    """Hand a checked list to the worker. Asked a second time it does nothing.

    :raises RegisterError: when it was discarded or never checked.
    """
    staged = lock(staged)
    if staged.state in {ImportState.APPLYING, ImportState.APPLIED}:
        return staged
    refuse_closed(staged)
    if staged.state != ImportState.CHECKED:
        raise RegisterError(_("Confirm what the columns hold first."))
    staged.state = ImportState.APPLYING
    staged.applied_by = actor
    staged.started_at = now
    staged.looked_at = 0
    staged.save(update_fields=["state", "applied_by", "started_at", "looked_at"])
    record("import.started", staged, actor=actor)
    enqueue_on_commit(JOB, import_id=staged.pk)
    return staged


def apply_import(*, staged: StagedImport, now: datetime) -> StagedImport:
    """Add the people of the good rows, all of them or none.

    Every row is read again, noting how far it is, and compared with the list as it is
    in the transaction that adds. Killed at any moment it leaves nothing but its state,
    and run again it ends as if nothing had happened; a second run does nothing. Tells
    `spells_changed`. What it cannot do is written on the import, which is FAILED then.
    """
    staged = StagedImport.objects.select_related("premises").get(pk=staged.pk)
    if staged.state != ImportState.APPLYING or staged.started_at is None:
        return staged
    today = timezone.localdate(staged.started_at)
    try:
        rows = read_rows(staged, today=today, after_each=_Progress(staged))
        return _add(staged, rows, now=now)
    except RegisterError as refusal:
        return fail_import(staged=staged, sentence=str(refusal))
    except Exception:
        fail_import(staged=staged, sentence=_broken())
        raise


@transaction.atomic
def fail_import(*, staged: StagedImport, sentence: str) -> StagedImport:
    """Give a list back to its manager with what stood in the way; nobody was added."""
    staged = lock(staged)
    if staged.state == ImportState.APPLYING:
        staged.state = ImportState.FAILED
        staged.failure = sentence[:300]
        staged.save(update_fields=["state", "failure"])
        record("import.failed", staged, job=JOB)
    return staged


def finish_imports(*, now: datetime) -> int:
    """Take up again what a killed worker left behind; return how many."""
    left = StagedImport.objects.filter(
        state=ImportState.APPLYING, started_at__lt=now - AFTER_A_KILL
    )
    waiting = list(left.order_by("pk"))
    for staged in waiting:
        if staged.started_at and staged.started_at < now - GIVEN_UP_AFTER:
            fail_import(staged=staged, sentence=_broken())
        else:
            apply_import(staged=staged, now=now)
    return len(waiting)


class _Progress:
    """Notes beside the work how many rows are read, for the page that waits."""

    def __init__(self, staged: StagedImport) -> None:
        self._mine = StagedImport.objects.filter(pk=staged.pk)

    def __call__(self, read: int) -> None:
        self._mine.update(looked_at=read)


@transaction.atomic
def _add(
    staged: StagedImport, rows: list[PlannedRow], *, now: datetime
) -> StagedImport:
    staged = lock(staged)
    if staged.state != ImportState.APPLYING:
        return staged
    hold_roster(staged.premises)
    plan = match(staged, rows, today=timezone.localdate(now))
    good = [row for row in plan.rows if row.outcome == RowOutcome.NEW]
    spells = _put_in_post(staged, good)
    staged.state = ImportState.APPLIED
    staged.applied_at = now
    write_counts(staged, plan)
    staged.save(
        update_fields=[
            *("state", "applied_at", "missing", "added", "known", "wrong", "skipped")
        ]
    )
    staged.rows.exclude(outcome=RowOutcome.WRONG).delete()
    record(
        "import.applied",
        staged,
        actor=staged.applied_by,
        job=JOB,
        premises=staged.premises_id,
        spells=len(spells),
        people=sum(row.is_new_person for row in good),
    )
    spells_changed.send(sender=Spell, spells=spells, now=now)
    return staged


def _put_in_post(staged: StagedImport, good: Sequence[PlannedRow]) -> list[Spell]:
    """Write people and spells, each marked with the import, which the audit names."""
    newcomers = [row.person for row in good if isinstance(row.person, Newcomer)]
    newcomers = [*{newcomer.key: newcomer for newcomer in newcomers}.values()]
    keys = _random_keys(len(newcomers))
    people = [
        StaffMember(
            key=key,
            organisation_id=staged.premises.organisation_id,
            name=newcomer.name,
            staff_number=newcomer.staff_number,
            email=newcomer.email,
            language=newcomer.language,
            staged_import_id=staged.pk,
        )
        for key, newcomer in zip(keys, newcomers, strict=True)
    ]
    try:
        with transaction.atomic():
            StaffMember.objects.bulk_create(people, batch_size=BATCH)
            ids = {n.key: p.pk for n, p in zip(newcomers, people, strict=True)}
            return Spell.objects.bulk_create(
                [_spell(staged, row, ids) for row in good], batch_size=BATCH
            )
    except IntegrityError as error:
        raise RegisterError(
            _("Your list has changed meanwhile. Check the rows again, please.")
        ) from error


def _spell(staged: StagedImport, row: PlannedRow, ids: dict[str, int]) -> Spell:
    if row.entry is None or row.person is None:
        raise ValueError("Only a row that was read and matched can be applied.")
    person = row.person
    return Spell(
        staff_member_id=ids[person.key] if isinstance(person, Newcomer) else person.pk,
        premises_id=staged.premises_id,
        role=row.entry.role.value,
        shift=row.entry.shift.value,
        started_on=row.entry.started_on,
        ended_on=row.entry.ended_on,
        staged_import_id=staged.pk,
    )


def _random_keys(count: int) -> list[str]:
    """Draw keys like `random_key`, for thousands of people at once."""
    letters = ""
    while len(letters) < count * KEY_LENGTH:
        drawn = secrets.token_bytes(count * KEY_LENGTH + 100)
        letters += drawn.translate(TO_LETTERS, delete=UNEVEN).decode("ascii")
    return [letters[n * KEY_LENGTH : (n + 1) * KEY_LENGTH] for n in range(count)]


def _broken() -> str:
    return _(
        "Something went wrong on our side. Nobody was added. Check the rows and try "
        "again; if it happens again, ask us."
    )
