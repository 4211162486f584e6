from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns.signs.enums import Audience


def known_audiences(value: Any) -> None:
    """Refuse anything but a list of audiences, each named once."""
    if not isinstance(value, list) or not set(value) <= set(Audience.values):
        raise ValidationError(_("Choose from the audiences that are listed."))
