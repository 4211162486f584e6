"""The officers' list of premises as a file for a spreadsheet."""

import csv
from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext as _

from core.exports import neutral
from partners.register.models import Premises

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
