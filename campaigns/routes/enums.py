from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RouteGroup(TextChoices):
    EMERGENCY = "emergency", _("In danger now")
    POLICE = "police", _("Police, not an emergency")
    ANONYMOUS = "anonymous", _("Without giving your name")
    CHILD = "child", _("Child protection")
    ONLINE = "online", _("Online")
    SUPPORT = "support", _("Support")


class Anonymity(TextChoices):
    ANONYMOUS = "anonymous", _("You do not give your name")
    CONFIDENTIAL = "confidential", _("Confidential, with limits")
    NAMED = "named", _("You give your name")
    UNKNOWN = "unknown", _("Not known")


class FactKind(TextChoices):
    NUMBER = "number", _("Telephone number")
    SMS = "sms", _("Text message")
    RELAY = "relay", _("Relay number")
    WEB = "web", _("Web address")
    HOURS = "hours", _("Hours")
    COST = "cost", _("Cost")
    TEXT = "text", _("Other")


class FactStatus(TextChoices):
    VERIFIED = "verified", _("Verified")
    TO_CHECK = "to_check", _("To be checked before launch")


CALLABLE_KINDS = frozenset({FactKind.NUMBER, FactKind.RELAY})
