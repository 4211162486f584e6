"""Coverage of premises as a file for a spreadsheet."""

import csv
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from core.exports import neutral
from partners.register.exporting import MARK, Writable
from partners.training.coverage import PremisesCoverage


def write_coverage(
    file: Writable, lines: Iterable[PremisesCoverage], *, day: date
) -> None:
    """Write one row for each premises, with the day the figures are of."""
    file.write(MARK)
    rows = csv.writer(file)
    rows.writerow([neutral(heading) for heading in _headings()])
    for line in lines:
        rows.writerow([neutral(cell) for cell in _cells(line, day)])


def _headings() -> list[str]:
    return [
        _("Day"),
        _("Premises"),
        _("Organisation"),
        _("Kind"),
        _("Town or city"),
        _("Postcode"),
        _("Area"),
        _("People in post"),
        _("Need training"),
        _("In date"),
        _("In date, per cent"),
        _("Still have time"),
        _("Expired"),
        _("Never trained"),
        _("Nobody trained at night"),
    ]


def _cells(line: PremisesCoverage, day: date) -> list[object]:
    premises, coverage = line.premises, line.coverage
    return [
        day.isoformat(),
        premises.name,
        premises.organisation.name,
        premises.get_kind_display(),
        premises.town,
        premises.postcode,
        premises.area.name,
        coverage.in_post,
        coverage.required,
        coverage.covered,
        "" if coverage.per_cent is None else coverage.per_cent,
        coverage.in_grace,
        coverage.expired,
        coverage.never_trained,
        _("Yes") if line.is_night_untrained else _("No"),
    ]
