from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.models import Installation
from media.codes.qrcodes import qr_svg
from media.print.typesetting import house_style, typeset
from partners.training.models import Completion


def certificate_pdf(completion: Completion) -> bytes:
    """Draw the certificate of a completion: name, module, days, where to check it."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    path = reverse("verify:certificate", args=[completion.certificate_code])
    content = completion.version.content
    given = {
        **house_style(Installation.objects.current(), language="en"),
        "title": _("Certificate"),
        "qr": qr_svg(base + path),
        "qr_alt": _("QR code: opens %(address)s") % {"address": base + path},
        "typed": urlsplit(base).netloc + path,
        "name": str(completion.staff_member),
        "module": content.get("title") or completion.module.title,
        "days": [
            {"label": label, "value": date_format(day, "j F Y")}
            for label, day in (
                (_("Valid from"), completion.valid_from),
                (_("Valid until"), completion.valid_until),
            )
        ],
        "words": {
            "has_completed": _("has completed the module"),
            "check": _("Check this certificate at"),
            "given_by": _("Given by"),
        },
    }
    return typeset("certificate", given)
