from datetime import date, timedelta

import pytest

from core.models import AuditEvent
from core.signals import spells_changed
from partners.register.enums import ImportState, RowOutcome, StaffRole
from partners.register.models import Spell, StaffMember, StagedImport, StagedRow
from partners.register.services import (
    RegisterError,
    add_starter,
    confirm_columns,
    discard_import,
    forget_old_rows,
    stage_import,
)
from partners.register.tasks import forget_old_rows as forget_old_rows_task
from tests.factories.register import SpellFactory

pytestmark = pytest.mark.django_db

HEADINGS = ["Name", "Role", "Start date"]
GOOD = [["Nowak, Zoë", "Front desk", "2/11/2026"], ["Ben Okafor", "HK", "25/10/2026"]]


def counts(staged):
    return (staged.added, staged.known, staged.wrong)


def test_stage_import_keeps_only_the_columns_we_may_keep(stage):
    staged = stage(
        [["Zoë", "Bar", "2/11/2026", "1/2/1990", "12.50", "green"]],
        headings=[*HEADINGS, "Date of birth", "Hourly rate", "Favourite colour"],
    )

    row = StagedRow.objects.get()
    assert [c["heading"] for c in staged.columns] == HEADINGS
    assert [(c["heading"], c["reason"]) for c in staged.dropped] == [
        ("Date of birth", "forbidden"),
        ("Hourly rate", "forbidden"),
        ("Favourite colour", "unknown"),
    ]
    assert row.cells == ["Zoë", "Bar", "2/11/2026"]
    assert Spell.objects.count() == 0
    assert AuditEvent.objects.get().verb == "import.staged"


def test_stage_import_says_how_dates_are_read(stage):
    staged = stage([["Zoë", "Bar", "11/25/2026"]])

    assert not staged.is_day_first
    assert staged.date_reason == "11/25/2026 can only be read with the month first."


def test_stage_import_refuses_what_is_no_spreadsheet(link, now):
    with pytest.raises(RegisterError, match="not a spreadsheet we can read"):
        stage_import(
            premises=link.premises,
            filename="list.pdf",
            content=b"%PDF",
            actor=link.user,
            now=now,
        )

    assert StagedImport.objects.count() == 0


def test_confirm_columns_reports_every_row_and_adds_nobody(check):
    bad = [["=1+1", "Bar", "2/11/2026"], ["Ana", "Wizard", "31/2/2026"]]

    staged = check([*GOOD, *bad])

    wrong = {row.number: sorted(row.errors) for row in staged.rows.exclude(errors={})}
    assert counts(staged) == (2, 0, 2)
    assert wrong == {4: ["name"], 5: ["role", "started_on"]}
    assert StaffMember.objects.count() == 0


def test_confirm_columns_may_be_asked_again(link, now, check, apply):
    staged = check([["Zoë", "Bar", "3/4/2026"]])

    confirm_columns(
        staged=staged,
        fields=["name", "role", "started_on"],
        is_day_first=False,
        actor=link.user,
        now=now,
    )
    apply(staged)

    assert Spell.objects.get().started_on == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    (
        (["name", "role", "role"], "Two columns are both “Role”"),
        (["", "role", "started_on"], "Say which column holds the name"),
        (["first_name", "role", "started_on"], "Say which column holds the name"),
        (["name", "", "started_on"], "No column holds “Role”"),
        (["name", "role", ""], "No column holds “First day”"),
        (["name", "role"], "Say for each column"),
    ),
)
def test_confirm_columns_refuses_what_cannot_be_read(
    link, now, stage, fields, sentence
):
    staged = stage(GOOD)

    with pytest.raises(RegisterError, match=sentence):
        confirm_columns(
            staged=staged,
            fields=fields,
            is_day_first=True,
            actor=link.user,
            now=now,
        )

    staged.refresh_from_db()
    assert staged.state == ImportState.MAPPING


def test_apply_import_adds_the_good_rows_only(link, now, check, apply):
    staged = check([*GOOD, ["", "Bar", "2/11/2026"]])
    heard: list[int] = []

    def listen(spells, **_):
        heard.extend(spell.pk for spell in spells)

    spells_changed.connect(listen)
    staged = apply(staged)
    spells_changed.disconnect(listen)

    spells = Spell.objects.order_by("pk")
    assert list(spells.values_list("staff_member__name", "role", "started_on")) == [
        ("Zoë Nowak", StaffRole.RECEPTION, date(2026, 11, 2)),
        ("Ben Okafor", StaffRole.HOUSEKEEPING, date(2026, 10, 25)),
    ]
    assert counts(staged) == (2, 0, 1)
    assert (staged.state, staged.applied_at) == (ImportState.APPLIED, now)
    assert heard == [spell.pk for spell in spells]
    assert list(staged.rows.values_list("number", "outcome")) == [(4, RowOutcome.WRONG)]
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "import.staged",
        "import.checked",
        "import.started",
        "import.applied",
    ]


def test_apply_import_twice_does_nothing_more(link, now, check, apply):
    staged = check(GOOD)
    apply(staged)

    again = apply(staged, now + timedelta(days=1))

    assert again.applied_at == now
    assert Spell.objects.count() == 2


def test_apply_import_needs_confirmed_columns(link, now, stage, apply):
    with pytest.raises(RegisterError, match="Confirm what the columns hold first"):
        apply(stage(GOOD))


def test_apply_import_refuses_a_discarded_list(link, now, check, apply):
    staged = discard_import(staged=check(GOOD), actor=link.user)

    with pytest.raises(RegisterError, match="This list was discarded"):
        apply(staged)

    assert StagedRow.objects.count() == 0
    assert Spell.objects.count() == 0


def test_discard_import_refuses_an_applied_list(link, now, check, apply):
    staged = apply(check(GOOD))

    with pytest.raises(RegisterError, match="already been added"):
        discard_import(staged=staged, actor=link.user)


def test_confirm_columns_refuses_an_applied_list(link, now, check, apply):
    staged = apply(check(GOOD))

    with pytest.raises(RegisterError, match="already been added"):
        confirm_columns(
            staged=staged,
            fields=["name", "role", "started_on"],
            is_day_first=True,
            actor=link.user,
            now=now,
        )


def test_apply_import_knows_people_already_in_post(link, now, check, apply):
    SpellFactory.create(premises=link.premises, staff_member__name="zoe nowak")

    staged = apply(check([*GOOD, GOOD[1]]))

    assert counts(staged) == (1, 2, 0)
    assert Spell.objects.count() == 2


def test_apply_import_takes_back_somebody_who_had_left(link, now, check, apply):
    left = SpellFactory.create(
        premises=link.premises,
        staff_member__name="Zoë Nowak",
        ended_on=date(2026, 3, 1),
    )

    apply(check(GOOD))

    assert left.staff_member.spells.count() == 2


def test_apply_import_looks_again_at_a_list_that_has_changed(link, now, check, apply):
    staged = check(GOOD)
    add_starter(
        premises=link.premises,
        name="Ben Okafor",
        role=StaffRole.HOUSEKEEPING,
        shift="day",
        started_on=date(2026, 11, 1),
        actor=link.user,
        now=now,
    )

    staged = apply(staged)

    assert counts(staged) == (1, 1, 0)
    assert Spell.objects.count() == 2


def test_apply_import_gives_one_person_two_roles(link, now, check, apply):
    staged = check([["Zoë", "Bar", "2/11/2026"], ["Zoë", "HK", "2/11/2026"]])

    apply(staged)

    assert StaffMember.objects.get().spells.count() == 2


def test_confirm_columns_reports_a_staff_number_of_somebody_else(check):
    staged = check(
        [["Zoë", "Bar", "2/11/2026", "7"], ["Ben", "Bar", "2/11/2026", "7"]],
        headings=[*HEADINGS, "Staff number"],
    )

    assert counts(staged) == (1, 0, 1)
    assert staged.rows.get(number=3).errors == {
        "staff_number": "Staff number 7 belongs to somebody else on your list."
    }


def test_apply_import_of_forty_people_costs_two_queries_each_at_most(
    link, now, check, django_assert_max_num_queries, apply
):
    staged = check([[f"Worker {n}", "Bar", "2/11/2026"] for n in range(40)])

    with django_assert_max_num_queries(80):
        apply(staged)

    assert Spell.objects.count() == 40


def test_forget_old_rows_deletes_names_nobody_came_back_for(link, now, check, apply):
    applied = check([["", "Bar", "2/11/2026"], *GOOD])
    apply(applied)
    waiting = check([["Ana", "Bar", "2/11/2026"]])

    early = forget_old_rows(now=now + timedelta(days=13))
    forgotten = forget_old_rows(now=now + timedelta(days=15))
    again = forget_old_rows(now=now + timedelta(days=15))

    waiting.refresh_from_db()
    assert (early, forgotten, again) == (0, 2, 0)
    assert StagedRow.objects.count() == 0
    assert waiting.state == ImportState.DISCARDED


def test_forget_old_rows_is_a_task(check):
    check(GOOD)

    forget_old_rows_task.call()

    assert StagedRow.objects.count() == 2
