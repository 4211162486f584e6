"""What a check found, made ready to be read and corrected."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import NamedTuple

from partners.register.enums import RowOutcome
from partners.register.models import StagedImport, StagedRow
from partners.register.spreadsheets.entries import Entry, read_entry
from partners.register.spreadsheets.headings import Field
from partners.register.spreadsheets.recognising import Reason

NAMES = (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME)


class Problem(NamedTuple):
    """What is wrong in one cell; `alike` counts the wrong rows with this value."""

    number: int
    field: Field
    value: str
    sentence: str
    alike: int


class WrongRow(NamedTuple):
    """A row that cannot be applied, and who it is about as far as one can tell."""

    number: int
    name: str
    problems: list[Problem]


class Report:
    """The rows of one import that a manager has to look at."""

    def __init__(self, staged: StagedImport) -> None:
        self.staged = staged
        self._places = {c["field"]: at for at, c in enumerate(staged.columns)}

    def wrong_rows(self, rows: Iterable[StagedRow]) -> list[WrongRow]:
        """List these rows with what is wrong in each, cell by cell."""
        rows = list(rows)
        fields = {field for row in rows for field in row.errors}
        alike = self._alike(fields) if fields else Counter()
        return [
            WrongRow(
                row.number,
                self.name_in(row),
                [
                    Problem(
                        row.number,
                        Field(field),
                        (value := self._value(row.cells, field)),
                        sentence,
                        alike[(field, value)] if value else 1,
                    )
                    for field, sentence in row.errors.items()
                ],
            )
            for row in rows
        ]

    def name_in(self, row: StagedRow) -> str:
        parts = [self._value(row.cells, name.value) for name in NAMES]
        return " ".join(part for part in parts if part)

    def preview(self, *, count: int, today: date) -> list[Entry]:
        """Return the first good rows as they were understood."""
        good = self.staged.rows.filter(outcome=RowOutcome.NEW).order_by("number")
        read = (
            read_entry(
                {Field(f): row.cells[at] for f, at in self._places.items() if f},
                is_day_first=self.staged.is_day_first,
                today=today,
            )[0]
            for row in good[:count]
        )
        return [entry for entry in islice(read, count) if entry]

    def _value(self, cells: list[str], field: str) -> str:
        at = self._places.get(field)
        return "" if at is None else cells[at]

    def _alike(self, fields: set[str]) -> "Counter[tuple[str, str]]":
        wrong = self.staged.rows.filter(outcome=RowOutcome.WRONG)
        return Counter(
            (field, self._value(cells, field))
            for cells, errors in wrong.values_list("cells", "errors")
            for field in errors.keys() & fields
        )


def dropped_columns(staged: StagedImport) -> dict[str, list[str]]:
    """Part the headings we left out by why."""
    return {
        reason.value: [
            column["heading"]
            for column in staged.dropped
            if column["reason"] == reason.value
        ]
        for reason in Reason
    }
