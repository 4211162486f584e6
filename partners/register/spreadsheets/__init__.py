from partners.register.spreadsheets.dates import DateOrder, date_order
from partners.register.spreadsheets.entries import Entry, read_entry
from partners.register.spreadsheets.headings import Column, Field, Why
from partners.register.spreadsheets.reading import (
    MAX_BYTES,
    SpreadsheetError,
    Table,
    read_table,
)
from partners.register.spreadsheets.recognising import Dropped, Reason, sort_out
from partners.register.spreadsheets.report import (
    Problem,
    Report,
    WrongRow,
    dropped_columns,
)

__all__ = [
    "MAX_BYTES",
    "Column",
    "DateOrder",
    "Dropped",
    "Entry",
    "Field",
    "Problem",
    "Reason",
    "Report",
    "SpreadsheetError",
    "Table",
    "Why",
    "WrongRow",
    "date_order",
    "dropped_columns",
    "read_entry",
    "read_table",
    "sort_out",
]
