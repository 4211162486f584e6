from collections.abc import Iterable
from typing import NamedTuple

from partners.register.models import StagedImport, StagedRow
from partners.register.spreadsheets.headings import Field, forbidden


class Problem(NamedTuple):
    """What is wrong in one cell, as the manager reads it."""

    number: int
    field: str
    value: str
    sentence: str


def problems_of(staged: StagedImport, rows: Iterable[StagedRow]) -> list[Problem]:
    """List what is wrong in these rows, cell by cell, with the value as written."""
    places = {column["field"]: at for at, column in enumerate(staged.columns)}
    return [
        Problem(
            row.number,
            str(Field(field).label),
            row.cells[places[field]] if field in places else "",
            sentence,
        )
        for row in rows
        for field, sentence in row.errors.items()
    ]


def dropped_columns(staged: StagedImport) -> dict[str, list[str]]:
    """Part the headings we left out: not to be kept, and not known to us."""
    return {
        "forbidden": [heading for heading in staged.dropped if forbidden(heading)],
        "unknown": [heading for heading in staged.dropped if not forbidden(heading)],
    }
