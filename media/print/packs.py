"""An evidence pack on paper, in English: licensing and insurers read it."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.models import Installation
from media.codes.qrcodes import qr_svg
from media.print.evidence import (
    Cell,
    Table,
    coverage_of,
    line_of,
    pack_address,
    tables_of,
)
from media.print.models import EvidencePack
from media.print.typesetting import house_style, typeset
from partners.portal.line_chart import HEIGHT, WIDTH, line_chart, share_words


def pack_pdf(pack: EvidencePack) -> bytes:
    """Draw a pack as it was issued: always from its own row, never counted again."""
    with override("en"):
        given = _given(pack)
    return typeset("evidence", given)


def _given(pack: EvidencePack) -> dict[str, Any]:
    premises, coverage = pack.premises, coverage_of(pack.figures)
    chart = line_chart(line_of(pack.figures))
    address = pack_address(pack)
    day = date_format(pack.day, "j F Y")
    return {
        **house_style(Installation.objects.current(), language="en"),
        "title": _("Evidence of training: %(premises)s") % {"premises": premises.name},
        "name": premises.name,
        "address": f"{premises.address} ({pack.organisation.name})",
        "share": share_words(coverage),
        "tables": [_table(table) for table in tables_of(pack.figures)],
        "strokes": [
            [[x / WIDTH, y / HEIGHT] for x, y in stroke.points]
            for stroke in chart.strokes
        ],
        "is_drawn": chart.is_drawn,
        "first_day": date_format(chart.first, "j M Y"),
        "last_day": date_format(chart.last, "j M Y"),
        "qr": qr_svg(address),
        "qr_alt": _("QR code: opens %(address)s") % {"address": address},
        "typed": address.removeprefix(f"{urlsplit(address).scheme}://"),
        "words": {
            "evidence": _("Evidence of training"),
            "of_people": _("of people in post are in date: %(covered)s of %(required)s")
            % {"covered": coverage.covered, "required": coverage.required},
            "on_day": _("on %(day)s") % {"day": day},
            "line": _("Share of people in post who were in date"),
            "check": _("Check these figures, and see those of today, at"),
            "issued": _("Issued on %(day)s with the number %(code)s.")
            % {"day": day, "code": pack.code},
            "no_names": _("This paper names nobody who works here."),
        },
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "headings": table.headings,
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "note": table.note,
    }


def _cell(cell: Cell) -> str:
    return date_format(cell, "j F Y") if isinstance(cell, date) else str(cell)
