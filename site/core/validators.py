from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# The inks our styles put on the two colours (site/scss/_tokens.scss).
INK_ON_BRAND = "#ffffff"
INK_ON_ACCENT = "#1d0a25"
# WCAG 2.2, success criterion 1.4.3 (AA).
LEAST_CONTRAST = 4.5

hex_colour = RegexValidator(
    r"^#[0-9a-f]{6}$", _("Write a colour as # and six digits, for example #1a3c6e.")
)


def contrast_ratio(one: str, other: str) -> float:
    """Return the WCAG contrast of two #rrggbb colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        _linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    if channel <= 0.04045:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)


def readable_under_white(colour: str) -> None:
    if _is_faint(colour, INK_ON_BRAND):
        raise ValidationError(
            _("White words could not be read on this colour. Choose a darker one.")
        )


def readable_under_ink(colour: str) -> None:
    if _is_faint(colour, INK_ON_ACCENT):
        raise ValidationError(
            _("Dark words could not be read on this colour. Choose a lighter one.")
        )


def _is_faint(colour: str, ink: str) -> bool:
    try:
        hex_colour(colour)
    except ValidationError:
        # Every validator runs, whatever the one before said: it has said this.
        return False
    return contrast_ratio(colour, ink) < LEAST_CONTRAST
