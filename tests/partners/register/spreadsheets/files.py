"""Spreadsheets as people send them, made in memory."""

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

from tests.partners.register.spreadsheets.xls import as_xls

__all__ = [
    "as_csv",
    "as_locked_xlsx",
    "as_ods",
    "as_sparse_xlsx",
    "as_tall_xlsx",
    "as_xls",
    "as_xlsx",
]

type Rows = Sequence[Sequence[Any]]

ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content office:version="1.2"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Staff">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""
ODS_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{type}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">
{encryption}</manifest:file-entry></manifest:manifest>"""
ENCRYPTION = "<manifest:encryption-data></manifest:encryption-data>"


def as_csv(rows: Rows, *, separator: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(*sheets: Rows) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = workbook.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def as_sparse_xlsx() -> bytes:
    """Put two cells so far apart that no machine has the memory to read them."""
    workbook = openpyxl.Workbook()
    workbook.active.cell(1, 1, "Name")
    workbook.active.cell(1_048_576, 16_384, "far away")
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def as_tall_xlsx() -> bytes:
    """Put a stray cell far below the list."""
    workbook = openpyxl.Workbook()
    workbook.active.cell(1, 1, "Name")
    workbook.active.cell(100_002, 1, "A")
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def as_ods(rows: Rows, *, is_encrypted: bool = False) -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string"><text:p>'
            f"{escape(str(cell))}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", ODS_CONTENT.format(rows=cells))
        archive.writestr(
            "META-INF/manifest.xml",
            ODS_MANIFEST.format(
                type=ODS, encryption=ENCRYPTION if is_encrypted else ""
            ),
        )
    return out.getvalue()


def as_locked_xlsx() -> bytes:
    """Make what Excel writes with a password: an OLE container, no longer a zip."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
