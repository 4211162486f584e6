"""Certificates on paper: A4, and cards for the wallet. In English: others read them."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.models import Installation
from media.codes.qrcodes import qr_svg
from media.print.typesetting import house_style, typeset
from partners.training.models import Completion


def certificate_pdf(completion: Completion) -> bytes:
    """Draw the certificate of a completion: name, module, days, where to check it."""
    with override("en"):
        facts = _facts(completion)
        given = {
            **_style(),
            **facts,
            "title": _("Certificate"),
            "module_language": facts["language"],
            "language": "en",
            "words": {
                "has_completed": _("has completed the module"),
                "check": _("Check this certificate at"),
                "given_by": _("Given by"),
            },
        }
    return typeset("certificate", given)


def cards_pdf(completions: Sequence[Completion]) -> bytes:
    """Draw cards for the wallet, five to a sheet, each to be cut out and folded."""
    with override("en"):
        given = {
            **_style(),
            "title": _("Certificates for the wallet"),
            "cards": [*_cards(completions)],
            "words": {
                "has_completed": _("has completed the module"),
                "check": _("Check it here:"),
                "number": _("Number"),
                "help": _(
                    "Worried about a child? You do not need to be sure: %(address)s"
                )
                % {"address": _typed(reverse("routes:finder"))},
            },
        }
    return typeset("card", given)


def _style() -> dict[str, Any]:
    return house_style(Installation.objects.current(), language="en")


def _cards(completions: Iterable[Completion]) -> Iterable[dict[str, Any]]:
    for completion in completions:
        facts = _facts(completion)
        host, path = facts["typed"].split("/", 1)
        yield {
            **facts,
            "number": completion.certificate_code,
            "typed_host": host,
            "typed_path": f"/{path}",
        }


def _facts(completion: Completion) -> dict[str, Any]:
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    path = reverse("verify:certificate", args=[completion.certificate_code])
    return {
        "qr": qr_svg(base + path),
        "qr_alt": _("QR code: opens %(address)s") % {"address": base + path},
        "typed": _typed(path),
        "name": str(completion.staff_member),
        "module": completion.title,
        "language": completion.version.language,
        "days": [
            {"label": label, "value": date_format(day, "j F Y")}
            for label, day in (
                (_("Valid from"), completion.valid_from),
                (_("Valid until"), completion.valid_until),
            )
        ],
    }


def _typed(path: str) -> str:
    """Return an address as people type it."""
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc + path
