from partners.register.spreadsheets.dates import DateOrder, date_order
from partners.register.spreadsheets.entries import Entry, read_entry
from partners.register.spreadsheets.headings import Column, Field, sort_out
from partners.register.spreadsheets.reading import (
    MAX_BYTES,
    SpreadsheetError,
    Table,
    read_table,
)
from partners.register.spreadsheets.report import dropped_columns, problems_of

__all__ = [
    "MAX_BYTES",
    "Column",
    "DateOrder",
    "Entry",
    "Field",
    "SpreadsheetError",
    "Table",
    "date_order",
    "dropped_columns",
    "problems_of",
    "read_entry",
    "read_table",
    "sort_out",
]
