"""What would become of each row of a list if it were applied now; writes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import batched

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partners.register.enums import RowOutcome
from partners.register.models import StagedImport
from partners.register.rules import folded, plain_name
from partners.register.services.errors import RegisterError
from partners.register.services.roster import (
    Newcomer,
    Person,
    Posts,
    Roster,
    Taken,
)
from partners.register.spreadsheets import Entry, Field, read_entry

# The worker tells after so many rows how far it is.
BATCH = 1000


@dataclass(slots=True)
class PlannedRow:
    """One row as read, and what is to be done with it."""

    number: int
    cells: list[str]
    texts: dict[Field, str]
    entry: Entry | None
    errors: dict[str, str]
    note: str
    outcome: str = RowOutcome.WRONG
    person: Person | None = None
    is_new_person: bool = False
    stored: tuple[str, dict[str, str], str] = ("", {}, "")

    @property
    def result(self) -> tuple[str, dict[str, str], str]:
        return (self.outcome, self.errors, self.note)


@dataclass
class Plan:
    rows: list[PlannedRow] = field(default_factory=list)
    # Ids of spells open today that no row of the list is about.
    missing: list[int] = field(default_factory=list)

    def count(self, outcome: RowOutcome) -> int:
        return sum(row.outcome == outcome for row in self.rows)


def read_rows(
    staged: StagedImport,
    *,
    today: date,
    after_each: Callable[[int], object] = lambda _read: None,
) -> list[PlannedRow]:
    """Read every row by the columns that are set; asks the database for rows only.

    `after_each` is told after each thousand how many rows have been read.
    """
    fields = [
        (at, Field(c["field"])) for at, c in enumerate(staged.columns) if c["field"]
    ]
    stored = staged.rows.order_by("number").values_list(
        "number", "cells", "outcome", "errors", "note"
    )
    rows: list[PlannedRow] = []
    for some in batched(stored.iterator(BATCH), BATCH):
        for number, cells, outcome, errors, note in some:
            texts = {held: cells[at] for at, held in fields}
            row = PlannedRow(
                number,
                cells,
                texts,
                *read_entry(texts, is_day_first=staged.is_day_first, today=today),
                stored=(outcome, errors, note),
            )
            rows.append(row)
        after_each(len(rows))
    return rows


def match(staged: StagedImport, rows: list[PlannedRow], *, today: date) -> Plan:
    """Compare the rows with the list as it is now, and say what each would do."""
    kept = [row for row in rows if row.stored[0] != RowOutcome.SKIPPED]
    numbers = {row.entry.staff_number for row in kept if row.entry}
    roster = Roster(staged.premises, numbers=numbers)
    posts = Posts(staged.premises)
    for row in rows:
        if row.stored[0] == RowOutcome.SKIPPED:
            row.outcome, row.errors, row.note = RowOutcome.SKIPPED, {}, ""
        elif row.entry is not None:
            _match_one(row, row.entry, roster, posts)
    missing = _missing(rows, posts, today=today) if staged.is_everybody else []
    return Plan(rows, missing)


def _match_one(row: PlannedRow, entry: Entry, roster: Roster, posts: Posts) -> None:
    try:
        people = roster.candidates(
            name=entry.name, staff_number=entry.staff_number, email=entry.email
        )
    except RegisterError as refusal:
        row.errors = {Field.STAFF_NUMBER.value: str(refusal)}
        return
    days = (entry.role, entry.started_on, entry.ended_on)
    for person in people:
        # Of two people with one name, the row is about who holds the role.
        if taken := posts.taken(person, *days):
            row.person, row.outcome = person, RowOutcome.KNOWN
            row.note = row.note or _known_note(entry, taken)
            return
    row.is_new_person = not people
    row.person = people[0] if people else _newcomer(entry, roster)
    posts.take(row.person, *days, number=row.number)
    row.outcome = RowOutcome.NEW


def _newcomer(entry: Entry, roster: Roster) -> Newcomer:
    return roster.add(
        name=entry.name,
        staff_number=entry.staff_number,
        email=entry.email,
        language=entry.language,
    )


def _known_note(entry: Entry, taken: Taken) -> str:
    if taken.number:
        return _("Row %(number)s says the same.") % {"number": taken.number}
    if entry.ended_on and taken.ended_on is None:
        return _(
            "Your file has a last day, %(day)s, but this person is still in post here. "
            "Mark them as left under “People”."
        ) % {"day": date_format(entry.ended_on)}
    return ""


def _missing(rows: Iterable[PlannedRow], posts: Posts, *, today: date) -> list[int]:
    """Return the spells open today of people that no row names, not even a bad one."""
    there = {row.person.key for row in rows if row.person}
    named = {_name_of(row.texts) for row in rows if not row.person}
    return [
        post.pk
        for post in posts.open_on(today)
        if post.person_key not in there and folded(post.name) not in named
    ]


def _name_of(texts: dict[Field, str]) -> str:
    parts = (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME)
    return folded(plain_name(" ".join(texts[part] for part in parts if part in texts)))
