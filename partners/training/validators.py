from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# 29 February is no day of 2001: a season must not lose its end in three years of four.
ANY_YEAR = "2001"


def day_of_year(text: str) -> None:
    """Accept a day that every year has, written "09-01" for 1 September."""
    try:
        day = date.fromisoformat(f"{ANY_YEAR}-{text}")
    except ValueError:
        day = None
    if day is None or day.strftime("%m-%d") != text:
        raise ValidationError(_("Choose a day that every year has."))
