"""Writes what Excel saved until 2007: BIFF8 records in a compound file."""

import struct
from collections.abc import Sequence
from typing import Any

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
NOTHING = 0xFFFFFFFF
# Shorter streams would live in a container of their own inside the file.
SHORTEST = 4096


def as_xls(rows: Sequence[Sequence[Any]]) -> bytes:
    return _compound_file(_workbook(rows))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    start = _beginning(0x0005)
    end = _record(0x000A, b"")
    name = "Staff".encode("utf-16-le")
    # The sheet begins behind this record, which holds that place.
    size = len(start) + 4 + 8 + len(name) + len(end)
    sheet = _record(0x0085, struct.pack("<IBBBB", size, 0, 0, 5, 1) + name)
    return start + sheet + end + _sheet(rows) + end


def _beginning(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _sheet(rows: Sequence[Sequence[Any]]) -> bytes:
    width = max(map(len, rows))
    size = struct.pack("<IIHHH", 0, len(rows), 0, width, 0)
    cells = [
        _cell(number, at, cell)
        for number, row in enumerate(rows)
        for at, cell in enumerate(row)
        if cell != ""
    ]
    return _beginning(0x0010) + _record(0x0200, size) + b"".join(cells)


def _cell(row: int, column: int, cell: Any) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, int | float):
        return _record(0x0203, place + struct.pack("<d", cell))
    return _record(0x0204, place + _text(str(cell)))


def _compound_file(stream: bytes) -> bytes:
    stream = stream.ljust(max(len(stream) + -len(stream) % SECTOR, SHORTEST), b"\0")
    count = len(stream) // SECTOR
    chain = [FAT, END, *range(3, count + 2), END]
    table = struct.pack(f"<{len(chain)}I", *chain)
    entries = _entry("Root Entry", 5, child=1, start=END, size=0)
    entries += _entry("Workbook", 2, child=NOTHING, start=2, size=len(stream))
    return (
        _header() + table.ljust(SECTOR, b"\xff") + entries.ljust(SECTOR, b"\0") + stream
    )


def _header() -> bytes:
    start = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    sizes = struct.pack("<HHHHH6xI", 0x3E, 3, 0xFFFE, 9, 6, 0)
    places = struct.pack("<IIIIIIIII", 1, 1, 0, SHORTEST, END, 0, END, 0, 0)
    return (start + sizes + places).ljust(SECTOR, b"\xff")


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    links = struct.pack("<III", NOTHING, NOTHING, child)
    return head + links + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)
