"""Whatever somebody sends is applied whole or reported, and never half."""

import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.models import AuditEvent
from partners.register.enums import ImportState
from partners.register.models import Spell, StaffMember, StagedImport, StagedRow
from partners.register.services import (
    RegisterError,
    apply_import,
    confirm_columns,
    stage_import,
    start_import,
)
from partners.register.spreadsheets import Field
from tests.partners.register.spreadsheets.any_table import (
    SECRET,
    csv_files,
    xlsx_files,
)

pytestmark = pytest.mark.django_db


def kept() -> dict[str, list[object]]:
    """Return all that the register holds, row by row."""
    models = (StaffMember, Spell, StagedImport, StagedRow, AuditEvent)
    return {
        model.__name__: [
            {name: str(value) for name, value in row.items()}
            for row in model.objects.order_by("pk").values()
        ]
        for model in models
    }


def stage(content, link, now):
    """Read and check a file as its manager does who takes every guess."""
    staged = stage_import(
        premises=link.premises,
        filename="staff",
        content=content,
        actor=link.user,
        now=now,
    )
    return confirm_columns(
        staged=staged,
        fields=[column["field"] for column in staged.columns],
        is_day_first=staged.is_day_first,
        actor=link.user,
        now=now,
    )


def whole_or_reported(table, content, link, now):
    before = kept()
    try:
        with transaction.atomic():
            staged = stage(content, link, now)
    except RegisterError:
        assert kept() == before
        return
    read = dict(staged.rows.values_list("number", "errors"))
    foreseen = (staged.added, staged.known, staged.wrong)

    start_import(staged=staged, actor=link.user, now=now)
    staged = apply_import(staged=staged, now=now)

    # Each row that was read is one of three, as the dry run said.
    assert staged.state == ImportState.APPLIED
    assert (staged.added, staged.known, staged.wrong) == foreseen
    assert sum(foreseen) == len(read)
    # Each that was added is there, and each that is wrong says which cell and why.
    spells = Spell.objects.filter(staged_import=staged)
    assert spells.count() == staged.added
    assert spells.filter(staff_member__name="").count() == 0
    left = dict(staged.rows.values_list("number", "errors"))
    assert left == {number: errors for number, errors in read.items() if errors}
    assert all(
        field in Field and sentence
        for errors in left.values()
        for field, sentence in errors.items()
    )
    # Nothing of the file was left out without a word, and no secret was kept.
    if {column["heading"] for column in staged.columns} <= {*table.headings}:
        assert len(read) == _rows_with_something(table, staged)
    assert SECRET not in json.dumps(kept())


def _rows_with_something(table, staged):
    """Count the rows that have anything in a column that we keep."""
    places = [table.headings.index(column["heading"]) for column in staged.columns]
    return sum(any(_says_something(row[at]) for at in places) for row in table.rows)


def _says_something(cell):
    # Nobody worked out the formula, so it has no value.
    return cell is not None and cell != "=1+1" and bool(str(cell).split())


def tried(examples):
    return settings(
        max_examples=examples,
        deadline=None,
        # Rows are rolled back after each example, so the fixtures may be shared.
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
        ],
    )


any_file = st.one_of(csv_files(), xlsx_files())


def rolled_back(file, link, now):
    with transaction.atomic():
        table, content = file
        whole_or_reported(table, content, link, now)
        transaction.set_rollback(True)


@tried(examples=40)
@given(file=any_file)
def test_any_spreadsheet_is_applied_whole_or_reported(file, link, now):
    rolled_back(file, link, now)


@pytest.mark.proof
@tried(examples=600)
@given(file=any_file)
def test_any_spreadsheet_at_all_is_applied_whole_or_reported(file, link, now):
    rolled_back(file, link, now)
