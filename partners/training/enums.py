from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TrainingState(TextChoices):
    """How a person stands on a day; "never trained" and "expired" are never one."""

    NEVER_TRAINED = "never", _("Never trained")
    EXPIRED = "expired", _("Expired")
    IN_GRACE = "grace", _("Still has time")
    VALID = "valid", _("In date")
    NOT_REQUIRED = "none", _("Nothing required")
