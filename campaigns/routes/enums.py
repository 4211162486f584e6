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
# What a reader taps first, in this order.
NUMBER_KINDS = (FactKind.NUMBER, FactKind.RELAY, FactKind.SMS)
# Facts that describe a route without saying how to reach it or what it offers.
CIRCUMSTANCE_KINDS = frozenset({FactKind.HOURS, FactKind.COST})

# The one route that every list begins with.
EMERGENCY_KEY = "999"

# What a reader wants to do, in the reader's words.
WISHES = {
    RouteGroup.EMERGENCY: _("Someone is in danger now"),
    RouteGroup.POLICE: _("I want to tell the police"),
    RouteGroup.ANONYMOUS: _("I want to tell someone without giving my name"),
    RouteGroup.CHILD: _("I want to talk to someone about a child"),
    RouteGroup.ONLINE: _("It happened online"),
    RouteGroup.SUPPORT: _("I want support for me or my family"),
}
