"""From the bytes of a file to a table of texts with its row of headings."""

import codecs
import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core.exports import as_written
from partners.register.spreadsheets.headings import known_headings

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 60
HEADINGS_WITHIN = 10
# Blank rows do not count as people, but someone's stray cell far below must not cost.
MAX_HEIGHT = 2 * MAX_ROWS

OLE, ZIP = bytes.fromhex("d0cf11e0a1b11ae1"), b"PK\x03\x04"
READER = Path(__file__).with_name("cells.py")
SEPARATORS = ",;\t|"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class SpreadsheetError(Exception):
    """A file we cannot read; the message says why and what to do."""


@dataclass(frozen=True)
class Table:
    """Headings, and rows by the number they have in the spreadsheet."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]
    other_sheets: list[str]


def read_table(content: bytes) -> Table:
    """Find the sheet and row with the headings and read what stands below.

    :raises SpreadsheetError: with a sentence for the person who chose the file.
    """
    if not content:
        raise SpreadsheetError(_("This file is empty."))
    if len(content) > MAX_BYTES:
        raise SpreadsheetError(
            _("This file is larger than 10 MB. Save only the staff list and try again.")
        )
    if content.startswith((OLE, ZIP)):
        sheets = _workbook(content)
    else:
        sheets = [("", _separated(content))]
    sheets = [(name, rows) for name, rows in sheets if any(map(any, rows))]
    if not sheets:
        raise SpreadsheetError(_("This file is empty."))
    return _table(sheets)


def _table(sheets: list[tuple[str, list[list[str]]]]) -> Table:
    found = [(_heading_row(rows), name, rows) for name, rows in sheets]
    score, at, name, rows = max(
        ((score, at, name, rows) for (score, at), name, rows in found),
        key=lambda candidate: candidate[0],
    )
    if not score[1]:
        raise SpreadsheetError(
            _(
                "We found no headings in the first 10 rows. One row must say what each "
                "column holds, such as Name, Role and Start date."
            )
        )
    # Lists that were printed repeat their headings at the top of each page.
    below = [
        (n, row)
        for n, row in enumerate(rows[at + 1 :], start=at + 2)
        if any(row) and row != rows[at]
    ]
    if not below:
        raise SpreadsheetError(_("There is nobody below the headings."))
    if len(below) > MAX_ROWS:
        raise SpreadsheetError(_too_many_rows())
    return Table(
        headings=rows[at],
        rows=below,
        other_sheets=[other for other, _rows in sheets if other != name],
    )


def _heading_row(rows: list[list[str]]) -> tuple[tuple[bool, int], int]:
    """Return how good the best of the first rows is as headings, and which row it is.

    One with a name is better than any without, then the one that names most fields.
    """
    scores = [known_headings(row) for row in rows[:HEADINGS_WITHIN]]
    best = max(scores)
    return best, scores.index(best)


def _workbook(content: bytes) -> list[tuple[str, list[list[str]]]]:
    command = [sys.executable, "-I", str(READER), str(MAX_HEIGHT), str(MAX_COLUMNS)]
    done = subprocess.run(  # noqa: S603 -- our own script, no word of the user's
        command, input=content, capture_output=True, check=False
    )
    answer: Any = json.loads(done.stdout) if done.returncode == 0 else "broken"
    if answer == "password" or (answer == "broken" and _looks_locked(content)):
        raise SpreadsheetError(
            _(
                "This file is protected with a password, or damaged. Save it without a "
                "password and try again."
            )
        )
    if answer == "broken":
        raise SpreadsheetError(_not_a_spreadsheet())
    for sheet in answer:
        _refuse_size(height=sheet["height"], width=sheet["width"])
    return [(sheet["name"], _clean(sheet["rows"])) for sheet in answer]


def _looks_locked(content: bytes) -> bool:
    """Excel locks a workbook into an OLE container, OpenDocument says so inside."""
    if content.startswith(OLE):
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            manifest = archive.getinfo("META-INF/manifest.xml")
            small = manifest.file_size < MAX_BYTES
            return small and b"encryption-data" in archive.read(manifest)
    except (KeyError, OSError, zipfile.BadZipFile):
        return False


def _separated(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    if CONTROL.search(text) or text.lstrip()[:1] in {"<", "{", "%"}:
        raise SpreadsheetError(_not_a_spreadsheet())
    rows = max((_split(text, separator) for separator in SEPARATORS), key=_looks_split)
    _refuse_size(height=len(rows), width=max(map(len, rows), default=0))
    return _clean(rows)


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SpreadsheetError(_not_a_spreadsheet())


def _split(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise SpreadsheetError(_not_a_spreadsheet()) from error


def _looks_split(rows: list[list[str]]) -> tuple[tuple[bool, int], int]:
    """Tell how good a separator is: by the headings it gives, then by rows it parts.

    A title and names may hold commas in a list that is separated by semicolons.
    """
    first = _clean(rows[:HEADINGS_WITHIN])
    score = _heading_row(first)[0] if first else (False, 0)
    return score, sum(len(row) > 1 for row in rows)


def _clean(rows: list[list[str]]) -> list[list[str]]:
    """Leave out control characters and every kind of doubled or trailing space.

    The mark with which an export keeps a cell from being run is taken off again.
    """
    return [[_clean_cell(cell) if cell else "" for cell in row] for row in rows]


def _clean_cell(cell: str) -> str:
    # Most cells are clean, and asking is quicker than cleaning.
    if cell.isprintable() and "  " not in cell and cell[0] not in " '":
        return cell.rstrip()
    return as_written(" ".join(CONTROL.sub(" ", cell).split()))


def _refuse_size(*, height: int, width: int) -> None:
    if width > MAX_COLUMNS:
        raise SpreadsheetError(
            _(
                "This file has %(count)s columns; we read up to 60. Keep the columns "
                "with names, roles and dates and try again."
            )
            % {"count": width}
        )
    if height > MAX_HEIGHT:
        raise SpreadsheetError(_too_many_rows())


def _too_many_rows() -> str:
    return _(
        "This file has more than 50,000 rows. Split it and add one part at a time."
    )


def _not_a_spreadsheet() -> str:
    return _(
        "This is not a spreadsheet we can read. Save your list as Excel (.xlsx), "
        "OpenDocument (.ods) or CSV and try again."
    )
