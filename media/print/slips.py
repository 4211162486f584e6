from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.models import Installation
from media.codes.qrcodes import qr_svg
from media.print.typesetting import house_style, typeset
from partners.register.models import Premises
from partners.training.services import PrintedSlip


def slips_pdf(premises: Premises, slips: Sequence[PrintedSlip]) -> bytes:
    """Draw slips, eight to a page. The PINs are in the returned file only."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    path = reverse("training:start", args=[premises.staff_code])
    address = base + path
    given = {
        **house_style(Installation.objects.current(), language="en"),
        "title": _("Slips for %(premises)s") % {"premises": premises.name},
        "qr": qr_svg(address),
        "qr_alt": _("QR code: opens %(address)s") % {"address": address},
        "typed": urlsplit(base).netloc + path,
        "people": [_person(slip) for slip in slips],
        "words": {
            "open": _("To begin, scan the code or open"),
            "staff_code": _("Workplace code"),
            "personal_code": _("Your code"),
            "pin": _("Your PIN"),
            "until": _("Works until"),
            "secret": _("Keep it to yourself."),
            "holder": _(
                "%(holder)s holds your name and results to show who is trained. "
                "Ask your manager to see them."
            )
            % {"holder": premises.organisation.name},
        },
    }
    return typeset("slips", given)


def _person(slip: PrintedSlip) -> dict[str, str]:
    until = timezone.localdate(slip.expires_at)
    return {
        "name": slip.name,
        "staff_code": slip.staff_code,
        "code": slip.code,
        "pin": slip.pin,
        "until": date_format(until, "j F Y"),
    }
