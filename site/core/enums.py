from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AreaKind(TextChoices):
    FORCE = "force", _("Force")
    DISTRICT = "district", _("District")
