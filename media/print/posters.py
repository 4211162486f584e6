from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.routes.rendering import RouteCard
from core.models import Installation
from media.codes.models import Code
from media.codes.qrcodes import qr_svg, scanned_address, typed_address
from media.codes.rendering import business_routes
from media.print.typesetting import codes_on_page, house_style, typeset


class PosterError(Exception):
    """The poster is not offered; the message says why."""


def poster_pdf(code: Code) -> bytes:
    """Draw the poster of a code and read the code back from the drawn page.

    :raises PosterError: a number is not verified, or the code cannot be read back.
    """
    with override(code.language):
        given = _given(code, business_routes(code.language))
    pdf = typeset("poster", given)
    check_readable(pdf, scanned_address(code))
    return pdf


def check_readable(pdf: bytes, address: str) -> None:
    """Refuse a page from which a telephone would not read exactly this address."""
    if codes_on_page(pdf) != [address]:
        raise PosterError(
            _("The code on this poster could not be read back, so it is not offered.")
        )


def _given(code: Code, routes: tuple[RouteCard, ...]) -> dict[str, Any]:
    premises = code.premises
    if premises is None or not code.names_premises:
        raise PosterError(_("This poster has been taken out of use."))
    missing = [route.name for route in routes if not route.number]
    if missing or len(routes) < 3:
        raise PosterError(
            _("Not printed: a telephone number waits to be checked (%(names)s).")
            % {"names": ", ".join(missing) or "999, 101, Crimestoppers"}
        )
    emergency, police, anonymous = routes
    address = scanned_address(code)
    return {
        **house_style(Installation.objects.current(), language=code.language),
        "title": _("Poster: whom to call"),
        "qr": qr_svg(address),
        "qr_alt": _("QR code: opens %(address)s") % {"address": address},
        "typed": typed_address(code),
        "emergency": {"number": emergency.number, "say": emergency.say},
        "others": [
            {
                "label": _("Gone, or not sure: call"),
                "number": police.number,
                "name": police.name,
            },
            {
                "label": _("Without your name: call"),
                "number": anonymous.number,
                "name": anonymous.name,
            },
        ],
        "premises": {"name": premises.name, "address": premises.address},
        "words": {
            "headline": _("Something feels wrong? Ring."),
            "still_here": _("They are still here: call"),
            "say": _("Say:"),
            "or_type": _("Or type"),
            "you_are_at": _("You are at"),
            "scan": _("The code opens this help. It asks for no name and keeps none."),
        },
    }
