"""An evidence pack as a spreadsheet, in English."""

from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook

from core.exports import neutral
from media.print.evidence import Cell, pack_address, tables_of
from media.print.models import EvidencePack

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_pack(file: BinaryIO, pack: EvidencePack) -> None:
    """Write a sheet that says what this is, and one for each table, as issued."""
    book = Workbook(write_only=True)
    with override("en"):
        first = book.create_sheet(_("Evidence"))
        for about in _about(pack):
            first.append([_safe(cell) for cell in about])
        for table in tables_of(pack.figures):
            sheet = book.create_sheet(table.title)
            sheet.append([_safe(heading) for heading in table.headings])
            for row in table.rows:
                sheet.append([_safe(cell) for cell in row])
            if table.note:
                sheet.append([])
                sheet.append([table.note])
    book.save(file)


def _about(pack: EvidencePack) -> list[list[Cell]]:
    premises = pack.premises
    return [
        [_("Evidence of training")],
        [_("Premises"), premises.name],
        [_("Address"), premises.address],
        [_("Organisation"), pack.organisation.name],
        [_("Figures of"), pack.day],
        [_("Number"), pack.code],
        [_("Check at"), pack_address(pack)],
        [_("This file names nobody who works here.")],
    ]


def _safe(cell: Cell) -> Cell:
    return neutral(cell) if isinstance(cell, str) else cell
