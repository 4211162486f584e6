"""What leaves the register for a spreadsheet: premises, and the people of one."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import BinaryIO, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook

from core.exports import neutral
from partners.register.models import Premises, Spell

# Tells a spreadsheet that the file is UTF-8, whatever the country it stands in.
MARK = "\ufeff"


class Writable(Protocol):
    def write(self, text: str, /) -> object: ...


def write_premises(file: Writable, premises: Iterable[Premises]) -> None:
    """Write one row for each; they carry `in_post`, `is_managed`, `contact_count`."""
    file.write(MARK)
    rows = csv.writer(file)
    rows.writerow([neutral(heading) for heading in _headings()])
    for one in premises:
        rows.writerow([neutral(cell) for cell in _cells(one)])


def _headings() -> list[str]:
    return [
        _("Premises"),
        _("Organisation"),
        _("Region"),
        _("Kind"),
        _("Building and street"),
        _("Town or city"),
        _("Postcode"),
        _("Area"),
        _("State"),
        _("Taking part since"),
        _("Closed on"),
        _("People in post"),
        _("Has a manager"),
        _("Contacts"),
        _("Guests who walk in"),
        _("Somebody on duty all night"),
        _("Rooms"),
    ]


def _cells(one: Premises) -> list[object]:
    return [
        one.name,
        one.organisation.name,
        one.region or "",
        one.get_kind_display(),
        one.street,
        one.town,
        one.postcode,
        one.area.name,
        one.get_state_display(),
        one.joined_on.isoformat(),
        one.closed_on.isoformat() if one.closed_on else "",
        getattr(one, "in_post", ""),
        _yes_no(is_so=getattr(one, "is_managed", None)),
        getattr(one, "contact_count", ""),
        _yes_no(is_so=one.accepts_walk_ins),
        _yes_no(is_so=one.has_night_desk),
        one.room_count or "",
    ]


def _yes_no(*, is_so: bool | None) -> str:
    return "" if is_so is None else _("Yes") if is_so else _("No")


STAFF_FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# In English whatever the language of the page: these are the headings an import knows.
STAFF_HEADINGS = (
    *("Name", "Role", "Shift", "First day", "Last day"),
    *("Staff number", "E-mail address", "Language"),
)


def write_staff(file: BinaryIO, spells: Iterable[Spell], *, extension: str) -> None:
    """Write one row for each spell; they carry their `staff_member`."""
    with override("en"):
        rows = [_staff_cells(spell) for spell in spells]
    if extension == "csv":
        text = io.StringIO(newline="")
        csv.writer(text).writerows([STAFF_HEADINGS, *rows])
        file.write((MARK + text.getvalue()).encode())
        return
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Staff")
    for row in [STAFF_HEADINGS, *rows]:
        sheet.append(row)
    book.save(file)


def _staff_cells(spell: Spell) -> tuple[str | date | None, ...]:
    person = spell.staff_member
    return (
        neutral(person.name),
        str(spell.get_role_display()),
        str(spell.get_shift_display()),
        spell.started_on,
        spell.ended_on,
        neutral(person.staff_number),
        neutral(person.email),
        person.language,
    )
