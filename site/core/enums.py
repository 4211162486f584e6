from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AreaKind(TextChoices):
    FORCE = "force", _("Force")
    DISTRICT = "district", _("District")


class TranslationState(TextChoices):
    """How far the words of a language have fallen behind the English ones."""

    CURRENT = "current", _("Current")
    COSMETIC = "cosmetic", _("Outdated, the meaning is the same")
    MATERIAL = "material", _("Outdated, the meaning has changed")
    MISSING = "missing", _("Missing")


class UseKind(TextChoices):
    """What may refer to a thing of a lower room."""

    PAGE = "page", _("Page")
    MODULE = "module", _("Module")
    CHECKLIST = "checklist", _("Checklist")


# States in which words about danger may still be read in that language.
SAFE_TO_READ = frozenset({TranslationState.CURRENT, TranslationState.COSMETIC})
