from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Motif(TextChoices):
    """The drawings of site/templates/components/motifs."""

    MARK = "mark", _("A lit window")
    HOME = "home", _("A home")
    HOTEL = "hotel", _("A hotel")
    RECEPTION = "reception", _("A reception desk")
    HOUSEKEEPING = "housekeeping", _("A room key")
    BAR = "bar", _("A bar")
    TAXI = "taxi", _("A taxi")
    TAKEAWAY = "takeaway", _("A takeaway")
    TRANSPORT = "transport", _("A train")
    SCHOOL = "school", _("A school")
    YOUNG = "young", _("Headphones")
    PHONE = "phone", _("A telephone")
    SPEECH = "speech", _("Words that are spoken")
    NOTE = "note", _("A note on a pin")
    RIBBON = "ribbon", _("A ribbon")
    ONLINE = "online", _("A screen")
    PUBLIC = "public", _("People")
    PROFESSIONAL = "professional", _("A badge")


class Voice(TextChoices):
    """Whose words a page gives a reader to say."""

    PUBLIC = "public", _("Anyone's words")
    BUSINESS = "business", _("Words of staff in the scheme")


class StepStyle(TextChoices):
    NUMBERED = "numbered", _("One after another")
    LIST = "list", _("In any order")
    AVOID = "avoid", _("Things not to do")


class Readers(TextChoices):
    """For whom a page is written: it decides how easily it must read."""

    PUBLIC = "public", _("Everybody")
    YOUNG = "young", _("Young people")
    PROFESSIONALS = "professionals", _("Professionals")


class CampaignState(TextChoices):
    """Follows from the time; no row keeps it."""

    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    OVER = "over", _("Over")


# Kinds of part whose words people act on in danger: an old translation is never shown.
SAFETY_CRITICAL_KINDS = frozenset(
    {"routes", "steps", "callout", "question_and_answer", "choice"}
)


class Priority(TextChoices):
    """How soon a page that was handed in wants to be looked at."""

    URGENT = "urgent", _("Urgent")
    NORMAL = "normal", _("Normal")
    LOW = "low", _("When there is time")


class ReviewState(TextChoices):
    """How a page stands to its review dates."""

    NEVER = "never", _("Never reviewed")
    OVERDUE = "overdue", _("Overdue")
    SOON = "soon", _("Due within 30 days")
    CURRENT = "current", _("Reviewed")
