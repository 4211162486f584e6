"""Rows put right in the browser, people who are missing, and a list taken back."""

from datetime import date, timedelta

import pytest

from core.models import AuditEvent
from core.signals import spells_changed
from partners.register.enums import ImportState, RowOutcome, StaffRole
from partners.register.models import Spell, StaffMember
from partners.register.services import (
    RegisterError,
    apply_import,
    fail_import,
    finish_imports,
    fix_row,
    mark_left,
    mark_missing_left,
    plan_undo,
    skip_row,
    start_import,
    undo_import,
    unskip_row,
)
from partners.register.spreadsheets import Field, Report
from tests.factories.register import SpellFactory
from tests.factories.training import ProgressFactory

pytestmark = pytest.mark.django_db

GOOD = [["Nowak, Zoë", "Front desk", "2/11/2026"], ["Ben Okafor", "HK", "25/10/2026"]]
ASTRONAUTS = [[f"Worker {n}", "Astronaut", "2/11/2026"] for n in range(3)]


def counts(staged):
    return (staged.added, staged.known, staged.wrong, staged.skipped)


@pytest.fixture
def fix(link, now):
    def fix_one(staged, number, values, everywhere=()):
        return fix_row(
            staged=staged,
            number=number,
            values=values,
            everywhere=set(everywhere),
            actor=link.user,
            now=now,
        )

    return fix_one


def test_fix_row_is_checked_again(check, fix):
    staged = check([*GOOD, *ASTRONAUTS])

    staged = fix(staged, 4, {Field.ROLE: "bar"})

    assert counts(staged) == (3, 0, 2, 0)
    assert staged.rows.get(number=4).cells == ["Worker 0", "bar", "2/11/2026"]
    assert AuditEvent.objects.latest("pk").facts == {"row": 4, "rows": 1}


def test_fix_row_mends_all_rows_that_say_the_same(check, fix):
    staged = check([*ASTRONAUTS, ["Ana", "Wizard", "2/11/2026"]])

    staged = fix(staged, 2, {Field.ROLE: "bar"}, everywhere=[Field.ROLE])

    assert counts(staged) == (3, 0, 1, 0)
    assert staged.rows.get(number=5).cells[1] == "Wizard"


def test_fix_row_that_stays_wrong_says_why(check, fix):
    staged = check([["Zoë", "Bar", "31/2/2026"]])

    staged = fix(staged, 2, {Field.STARTED_ON: "2036-01-01"})

    assert counts(staged) == (0, 0, 1, 0)
    assert "too far off" in staged.rows.get().errors["started_on"]


def test_fix_row_finds_who_is_named_twice(check, fix):
    staged = check([GOOD[0], ["", "Reception", "2/11/2026"]])

    staged = fix(staged, 3, {Field.NAME: "Zoë Nowak"})

    assert counts(staged) == (1, 1, 0, 0)
    assert staged.rows.get(number=3).note == "Row 2 says the same."


def test_fix_row_refuses_an_applied_list(check, apply, fix):
    staged = apply(check([*GOOD, *ASTRONAUTS]))

    with pytest.raises(RegisterError, match="already been added"):
        fix(staged, 4, {Field.ROLE: "bar"})


def test_fix_row_refuses_a_row_that_is_not_there(check, fix):
    with pytest.raises(RegisterError, match="no row 9"):
        fix(check(GOOD), 9, {Field.ROLE: "bar"})


def test_skip_row_leaves_it_out_until_taken_up_again(link, now, check):
    staged = check([*GOOD, *ASTRONAUTS])

    skipped = skip_row(staged=staged, number=4, actor=link.user, now=now)
    again = unskip_row(staged=staged, number=4, actor=link.user, now=now)

    assert counts(skipped) == (2, 0, 2, 1)
    assert counts(again) == (2, 0, 3, 0)


def test_report_counts_rows_with_the_same_value(check):
    staged = check([*ASTRONAUTS, ["Ana", "Wizard", "2/11/2026"]])

    rows = Report(staged).wrong_rows(staged.rows.order_by("number"))

    assert [(row.name, [p.alike for p in row.problems]) for row in rows] == [
        *((f"Worker {n}", [3]) for n in range(3)),
        ("Ana", [1]),
    ]


def test_report_previews_good_rows_as_they_were_understood(check, now):
    staged = check([*GOOD, *ASTRONAUTS])

    preview = Report(staged).preview(count=5, today=now.date())

    assert [(entry.name, entry.role, entry.started_on) for entry in preview] == [
        ("Zoë Nowak", StaffRole.RECEPTION, date(2026, 11, 2)),
        ("Ben Okafor", StaffRole.HOUSEKEEPING, date(2026, 10, 25)),
    ]


def test_a_list_of_everybody_tells_who_is_missing(link, check):
    here = SpellFactory.create(premises=link.premises, staff_member__name="Ben Okafor")
    gone = SpellFactory.create(premises=link.premises)
    SpellFactory.create(premises=link.premises, ended_on=date(2026, 11, 1))
    SpellFactory.create(premises=link.premises, staff_member__name="Worker 0")
    SpellFactory.create()
    rows = [*GOOD, *ASTRONAUTS[:1]]

    everybody = check(rows, is_everybody=True)
    some = check(rows)

    assert everybody.missing == [gone.pk]
    assert some.missing == []
    assert here.pk not in everybody.missing


def test_mark_missing_left_closes_those_that_were_ticked(link, now, check, apply):
    gone, stays = SpellFactory.create_batch(2, premises=link.premises)
    staged = apply(check(GOOD, is_everybody=True))

    left = mark_missing_left(
        staged=staged,
        last_days={gone.pk: date(2026, 11, 10)},
        actor=link.user,
        now=now,
    )

    gone.refresh_from_db()
    stays.refresh_from_db()
    staged.refresh_from_db()
    assert left == [gone]
    assert (gone.ended_on, stays.ended_on) == (date(2026, 11, 10), None)
    assert staged.missing == [stays.pk]


def test_mark_missing_left_refuses_anybody_else(link, now, check):
    other = SpellFactory.create()
    staged = check(GOOD, is_everybody=True)

    with pytest.raises(RegisterError, match="This list has changed"):
        mark_missing_left(
            staged=staged,
            last_days={other.pk: date(2026, 11, 10)},
            actor=link.user,
            now=now,
        )

    other.refresh_from_db()
    assert other.ended_on is None


def test_mark_missing_left_closes_all_or_none(link, now, check):
    good, odd = SpellFactory.create_batch(2, premises=link.premises)
    staged = check(GOOD, is_everybody=True)

    with pytest.raises(RegisterError, match="before the first day"):
        mark_missing_left(
            staged=staged,
            last_days={good.pk: date(2026, 11, 10), odd.pk: date(2025, 1, 1)},
            actor=link.user,
            now=now,
        )

    assert not Spell.objects.exclude(ended_on=None).exists()


def test_undo_import_takes_back_exactly_what_was_added(link, now, check, apply):
    known = SpellFactory.create(
        premises=link.premises,
        staff_member__name="Ben Okafor",
        ended_on=date(2026, 3, 1),
    )
    staged = apply(check(GOOD))
    heard = []

    def listen(spells, **_):
        heard.extend(spells)

    spells_changed.connect(listen)
    staged = undo_import(staged=staged, actor=link.user, now=now)
    again = undo_import(staged=staged, actor=link.user, now=now + timedelta(days=1))
    spells_changed.disconnect(listen)

    assert list(Spell.objects.standing()) == [known]
    assert sorted(StaffMember.objects.values_list("name", flat=True)) == [
        "",
        "Ben Okafor",
    ]
    assert (again.state, again.undone_at) == (ImportState.UNDONE, now)
    assert (again.taken_back, len(heard)) == (2, 2)


def test_undo_import_leaves_who_has_gone_on_since(link, now, check, apply):
    staged = apply(check([*GOOD, ["Ana", "Bar", "2/11/2026"]]))
    zoe, ben, ana = Spell.objects.order_by("pk")
    ProgressFactory.create(staff_member=zoe.staff_member)
    mark_left(spell=ben, last_day=date(2026, 11, 10), actor=link.user, now=now)

    plan = plan_undo(staged)
    undo_import(staged=staged, actor=link.user, now=now)

    assert plan.goes == [ana]
    assert [(spell, reason) for spell, reason in plan.stays] == [
        (zoe, "has a slip, training or a task since"),
        (ben, "was marked as left since"),
    ]
    assert list(Spell.objects.standing().order_by("pk")) == [zoe, ben]


def test_undo_import_refuses_what_was_never_applied(link, now, check):
    with pytest.raises(RegisterError, match="Nobody was added from this list yet"):
        undo_import(staged=check(GOOD), actor=link.user, now=now)


def test_a_list_may_be_added_again_after_it_was_taken_back(link, now, check, apply):
    rows = [[*row, f"S{n}"] for n, row in enumerate(GOOD)]
    headings = ["Name", "Role", "Start date", "Staff number"]
    staged = apply(check(rows, headings))
    undo_import(staged=staged, actor=link.user, now=now)

    again = apply(check(rows, headings))

    assert counts(again) == (2, 0, 0, 0)
    assert Spell.objects.standing().count() == 2


def test_apply_import_gives_back_what_it_cannot_do(link, now, check, monkeypatch):
    staged = start_import(staged=check(GOOD), actor=link.user, now=now)

    def break_down(*_args, **_more):
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("partners.register.services.applying.match", break_down)
        with pytest.raises(ZeroDivisionError):
            apply_import(staged=staged, now=now)

    staged.refresh_from_db()
    assert staged.state == ImportState.FAILED
    assert "Nobody was added" in staged.failure
    assert staged.rows.count() == 2
    assert Spell.objects.count() == 0


def test_a_failed_list_may_be_put_right_and_added(link, now, check, fix, apply):
    staged = start_import(staged=check(GOOD), actor=link.user, now=now)
    staged = fail_import(staged=staged, sentence="No.")

    staged = apply(fix(staged, 2, {Field.ROLE: "bar"}))

    assert (staged.state, staged.failure) == (ImportState.APPLIED, "")
    assert Spell.objects.filter(role=StaffRole.BAR).count() == 1


def test_finish_imports_takes_up_what_a_worker_left(link, now, check):
    staged = start_import(staged=check(GOOD), actor=link.user, now=now)

    early = finish_imports(now=now + timedelta(seconds=90))
    later = finish_imports(now=now + timedelta(minutes=3))
    again = finish_imports(now=now + timedelta(minutes=9))

    staged.refresh_from_db()
    assert (early, later, again) == (0, 1, 0)
    assert staged.state == ImportState.APPLIED


def test_finish_imports_gives_up_after_an_hour(link, now, check):
    staged = start_import(staged=check(GOOD), actor=link.user, now=now)

    finish_imports(now=now + timedelta(minutes=61))

    staged.refresh_from_db()
    assert staged.state == ImportState.FAILED
    assert Spell.objects.count() == 0


def test_start_import_twice_queues_one_job(link, now, check, run_jobs):
    staged = check(GOOD)

    start_import(staged=staged, actor=link.user, now=now)
    start_import(staged=staged, actor=link.user, now=now)

    assert run_jobs() == 1


def test_rows_left_out_by_the_manager_are_not_added(link, now, check, apply):
    staged = skip_row(staged=check(GOOD), number=2, actor=link.user, now=now)

    staged = apply(staged)

    assert counts(staged) == (1, 0, 0, 1)
    assert not staged.rows.filter(outcome=RowOutcome.SKIPPED).exists()
    assert Spell.objects.get().staff_member.name == "Ben Okafor"
