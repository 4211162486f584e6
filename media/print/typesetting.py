"""Set data into a design. Designs are files in `designs/`, fonts ship in `fonts/`."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pypdfium2
import typst
import zxingcpp

from core.models import Installation

ROOM = Path(__file__).parent
DESIGNS = ROOM / "designs"
# What a common office printer keeps; a code must be readable at this resolution.
PROOF_DPI = 150


class TypesettingError(Exception):
    """The design could not be set, or a printed code could not be read back."""


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(ROOM / "fonts")],
    )


def typeset(design: str, given: dict[str, Any]) -> bytes:
    """Return a PDF in the accessible standard PDF/UA-1, its fonts inside.

    That standard refuses a letter which none of our fonts has. A name must not keep
    anyone from training, so such a page is set without the promise.

    :raises TypesettingError: the design itself is at fault.
    """
    try:
        return _compile(design, given, standard="ua-1")
    except TypesettingError:
        return _compile(design, given, standard="1.7")


def _compile(
    design: str, given: dict[str, Any], *, standard: Literal["ua-1", "1.7"]
) -> bytes:
    try:
        return typst.compile(
            DESIGNS / f"{design}.typ",
            root=DESIGNS,
            font_paths=_fonts(),
            sys_inputs={"given": json.dumps(given)},
            pdf_standards=standard,
            format="pdf",
        )
    except typst.TypstError as error:
        raise TypesettingError(str(error)) from error


def codes_on_page(pdf: bytes, *, page: int = 0) -> list[str]:
    """Read the QR codes from the page as it is drawn, as a telephone would."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        drawn = document[page].render(scale=PROOF_DPI / 72).to_pil()
    finally:
        document.close()
    return [found.text for found in zxingcpp.read_barcodes(drawn)]


def house_style(installation: Installation, *, language: str) -> dict[str, Any]:
    """Return what every design needs from this installation."""
    return {
        "author": installation.name,
        "brand": installation.brand,
        "accent": installation.accent,
        "language": language,
    }
