from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CodeUse(TextChoices):
    STAFF_ROOM = "staff_room", _("Staff-room poster")
    PUBLIC = "public", _("Public poster")


class Prefix(TextChoices):
    """How the code was reached: the three short addresses lead to the same page."""

    SCANNED = "R", _("Scanned")
    TYPED = "T", _("Typed")
    SHARED = "S", _("Shared link")
