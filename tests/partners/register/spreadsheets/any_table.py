"""Spreadsheets nobody would think of, as hypothesis draws them."""

import datetime
import io
from typing import Any, NamedTuple

import openpyxl
from hypothesis import strategies as st

from tests.partners.register.spreadsheets.files import as_csv

# Stands in columns we must not keep, and must be found nowhere afterwards.
SECRET = "Xylophone"
NEEDED = ("Name", "Role", "Start date")
KNOWN = (
    *NEEDED,
    *("First name", "Surname", "Job title", "Left", "Shift", "Staff number"),
    *("E-mail", "Language"),
)
FORBIDDEN = (
    *("Date of birth", "Salary", "Ethnicity", "Home address", "Health"),
    *("Disciplinary record", "NI number", "Mobile"),
)
LIKELY = {
    "Name": ("Zoë Nowak", "Nowak, Zoë", "Ben Okafor", "Ana Varga"),
    "Role": ("Bar", "HK", "Front desk"),
    "Start date": ("2/11/2026", "2026-11-02", "13/3/2024", "46000"),
    "Left": ("", "13/11/2026", "1/1/2020"),
    "Shift": ("Nights", "Days", ""),
    "Staff number": ("", "7", "8", "0042"),
    "E-mail": ("", "ana@home.example", "zoe@home.example"),
    "Language": ("", "Polish", "Urdu"),
}
PLAIN = (
    *("Zoë Nowak", "Nowak, Zoë", "Ben Okafor", "Bar", "HK", "Front desk", "Nights"),
    *("2/11/2026", "2026-11-02", "11/13/2026", "31/2/2026", "46000", "", " ", "7"),
    *("ana@home.example", "Polish", "'=1+1", "-", "@x", "a\nb", "Name"),
)
DAY = datetime.date(2026, 11, 2)
texts = st.one_of(
    st.sampled_from(PLAIN),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
)
values = st.one_of(
    texts,
    st.none(),
    st.booleans(),
    st.integers(-5, 60_000),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(DAY.replace(year=1950), DAY.replace(year=2040)),
    st.just(datetime.datetime(2026, 11, 2, 9, 30)),  # noqa: DTZ001 -- as in Excel
    st.just("=1+1"),
)


class AnyTable(NamedTuple):
    """A table as it stands on the screen of whoever wrote it."""

    titles: list[str]
    headings: list[str]
    rows: list[list[Any]]

    @property
    def grid(self) -> list[list[Any]]:
        return [*([title] for title in self.titles), self.headings, *self.rows]


extras = st.one_of(
    st.sampled_from(KNOWN[len(NEEDED) :]), st.sampled_from(FORBIDDEN), texts
)


@st.composite
def headings_of_lists(draw: st.DrawFn) -> list[str]:
    """Draw what a list needs, mostly, and other columns, in any order."""
    needed = draw(st.sampled_from((NEEDED, NEEDED, NEEDED, ())))
    others = draw(
        st.lists(
            extras,
            min_size=0 if needed else 1,
            max_size=4,
            unique_by=lambda heading: heading.strip().lower(),
        )
    )
    return draw(st.permutations([*needed, *others]))


def _cells_under(heading: str, cells: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    if heading in FORBIDDEN:
        return st.just(SECRET)
    if heading not in LIKELY:
        return cells
    # Nine of ten are likely: rows of chance alone would all be wrong.
    likely = st.sampled_from(LIKELY[heading])
    return st.integers(0, 9).flatmap(lambda lot: likely if lot else cells)


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[Any]) -> AnyTable:
    """Draw titles, headings and rows that are mostly right, secrets among them."""
    headings = draw(headings_of_lists())
    columns = [_cells_under(heading, cells) for heading in headings]
    rows = draw(st.lists(st.tuples(*columns), min_size=1, max_size=6))
    titles = draw(st.lists(st.sampled_from(["Staff, all", "", "Rota"]), max_size=10))
    return AnyTable(titles, headings, [list(row) for row in rows])


@st.composite
def csv_files(draw: st.DrawFn) -> tuple[AnyTable, bytes]:
    table = draw(tables(texts))
    separator = draw(st.sampled_from(",;\t|"))
    encoding = draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1252")))
    try:
        content = as_csv(table.grid, separator=separator, encoding=encoding)
    except UnicodeEncodeError:
        content = as_csv(table.grid, separator=separator)
    return table, content


@st.composite
def xlsx_files(draw: st.DrawFn) -> tuple[AnyTable, bytes]:
    """Draw a workbook: cells of every type, merged titles, other sheets beside it."""
    table = draw(tables(values))
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for at, row in enumerate(table.grid, start=1):
        for column, cell in enumerate(row, start=1):
            sheet.cell(at, column, _as_excel_takes(cell))
    width = len(table.headings)
    if draw(st.booleans()) and width > 1:
        for at in range(1, len(table.titles) + 1):
            sheet.merge_cells(
                start_row=at, start_column=1, end_row=at, end_column=width
            )
    if draw(st.booleans()):
        workbook.create_sheet("Notes", 0).append(["Nothing here"])
    out = io.BytesIO()
    workbook.save(out)
    return table, out.getvalue()


def _as_excel_takes(cell: Any) -> Any:
    """Leave out of a text what openpyxl refuses to write."""
    if isinstance(cell, str):
        return "".join(c for c in cell if c.isprintable() or c == "\n")
    return cell
