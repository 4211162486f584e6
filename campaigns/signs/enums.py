from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    RECEPTION = "reception", _("Hotel reception")
    HOUSEKEEPING = "housekeeping", _("Housekeeping and maintenance")
    BAR_SECURITY = "bar_security", _("Bar, restaurant and security")
    TAXI = "taxi", _("Taxi and private hire")
    TAKEAWAY_SHOP = "takeaway_shop", _("Takeaways, shops and leisure")
    TRANSPORT_PUBLIC = "transport_public", _("Transport and the public")
    PARENTS = "parents", _("Parents and carers")
    SCHOOLS_YOUTH = "schools_youth", _("Schools and youth workers")
    YOUNG_PEOPLE = "young_people", _("Young people")
    PROFESSIONALS = "professionals", _("Professionals")


class Harm(TextChoices):
    SEXUAL = "sexual", _("Sexual exploitation")
    CRIMINAL = "criminal", _("Criminal exploitation and county lines")
    ONLINE = "online", _("Online")
    ANY = "any", _("Any of these")


class SignStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    VERIFIED = "verified", _("Verified")
    RETIRED = "retired", _("Retired")


class FlagReason(TextChoices):
    """Why a place that uses a sign must be looked at again."""

    SHOWN = "shown", _("The sign is now shown")
    HIDDEN = "hidden", _("The sign is no longer shown")
    HARM = "harm", _("The kind of harm has changed")
    WORDS = "words", _("The words mean something else")
