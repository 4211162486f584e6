"""Print the cells of a workbook as JSON; run as a script of its own.

A few bytes can ask the reader for more memory than there is, which ends the process
that reads. It must not be the web server's: this one has little memory to lose.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError

MEMORY = 1_500_000_000
SECONDS = 30


def text_of(cell: Any) -> str:
    """Write a cell as text: days as ISO, whole numbers without a point."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)


def sheets_of(
    content: bytes, *, max_rows: int, max_columns: int
) -> list[dict[str, Any]]:
    """Return name, size and, where not too large, rows of each sheet in use."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = []
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        fits = sheet.total_height <= max_rows and sheet.width <= max_columns
        rows = sheet.to_python(skip_empty_area=False) if fits else []
        sheets.append(
            {
                "name": name,
                "height": sheet.total_height,
                "width": sheet.width,
                "rows": [[text_of(cell) for cell in row] for row in rows],
            }
        )
    return sheets


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    max_rows, max_columns = map(int, sys.argv[1:])
    try:
        answer: Any = sheets_of(
            sys.stdin.buffer.read(), max_rows=max_rows, max_columns=max_columns
        )
    except PasswordError:
        answer = "password"
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
