from urllib.parse import urlsplit

import segno
from django.conf import settings

from media.codes.enums import Prefix
from media.codes.models import Code


def scanned_address(code: Code) -> str:
    """Return what the QR code holds, in capitals: fewer and larger modules."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return f"{base}/{Prefix.SCANNED}/{code.text}".upper()


def typed_address(code: Code) -> str:
    """Return what is printed beside it for people who type."""
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc
    return f"{host}/{Prefix.TYPED}/{code.text}"


def qr_svg(content: str, *, version: int | None = None) -> str:
    """Draw a QR code of level Q, black on white with its quiet zone of four."""
    symbol = segno.make(
        content, error="q", boost_error=False, micro=False, version=version
    )
    return symbol.svg_inline(border=4, dark="#000000", light="#ffffff", omitsize=True)
