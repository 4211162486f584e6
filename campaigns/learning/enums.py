from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WorkRole(TextChoices):
    """Who learns. The register, a higher room, keeps people by the same values."""

    RECEPTION = "reception", _("Reception")
    HOUSEKEEPING = "housekeeping", _("Housekeeping")
    MAINTENANCE = "maintenance", _("Maintenance")
    BAR = "bar", _("Bar and restaurant")
    SECURITY = "security", _("Security and door")
    DRIVER = "driver", _("Driver")
    COUNTER = "counter", _("Shop or takeaway counter")
    MANAGER = "manager", _("Manager")
    OTHER = "other", _("Other")


class Change(TextChoices):
    """What publishing a module again means for those who hold it."""

    COSMETIC = "cosmetic", _("Spelling or style: it still says the same")
    MATERIAL = "material", _("It says something new or different")
    DELTA = "delta", _("It says something new, and those who hold it must learn that")


class PartKind(TextChoices):
    """What a lesson is made of."""

    TEXT = "text", _("Words")
    POINTS = "points", _("Points to keep in mind")
    SAY = "say", _("Words to say")
    SIGNS = "signs", _("Signs")
    ROUTES = "routes", _("Routes")
    PICTURE = "picture", _("Picture")
    VIDEO = "video", _("Video")
    DIALOGUE = "dialogue", _("Dialogue")
    SCENE = "scene", _("Spot the sign")


class SceneMotif(TextChoices):
    """The drawings a scene may have, of site/templates/components/motifs."""

    RECEPTION = "reception", _("A reception desk")
    HOUSEKEEPING = "housekeeping", _("A room key")
    BAR = "bar", _("A bar")
    HOTEL = "hotel", _("A hotel")
    TAXI = "taxi", _("A taxi")
    TAKEAWAY = "takeaway", _("A takeaway")
    TRANSPORT = "transport", _("A train")
    PHONE = "phone", _("A telephone")
    NOTE = "note", _("A note on a pin")
