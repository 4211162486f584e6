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


class Access(TextChoices):
    """How a route is used: people who cannot hear or speak need another way."""

    VOICE = "voice", _("Speak on the phone")
    SILENT = "silent", _("A call without speaking")
    BSL = "bsl", _("Sign language (BSL)")
    SMS = "sms", _("By text message")
    RELAY = "relay", _("Relay UK")
    WRITTEN = "written", _("In writing, online")


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


class CheckOutcome(TextChoices):
    """What came of ringing, or looking, whether a route is still as we say."""

    RIGHT = "right", _("Everything is right")
    CHANGED = "changed", _("Something has changed")
    UNANSWERED = "unanswered", _("Nobody answered")
    DEAD = "dead", _("Wrong or dead number")


class FlagKind(TextChoices):
    """What officers are told of a route, once for each day it began."""

    OVERDUE = "overdue", _("Past the day to check it by")
    REPLACED = "replaced", _("Replaced on public pages")
    LINK = "link", _("A web address does not answer")


class DueState(TextChoices):
    """How the list of checks may be narrowed."""

    TO_RING = "to_ring", _("To ring now")
    OVERDUE = "overdue", _("Past its day")
    SOON = "soon", _("Due this week")
    NEVER = "never", _("Never checked")
    LINKS = "links", _("Web address fails")
    BY_HAND = "by_hand", _("Web address to look at by hand")


class LinkStatus(TextChoices):
    UNKNOWN = "", _("Not asked yet")
    OK = "ok", _("Answers")
    MOVED = "moved", _("Leads elsewhere")
    FAILED = "failed", _("Does not answer")
    # Doors that keep programs out, as many charities have, say nothing about the page.
    REFUSES = "refuses", _("Refuses robots: look by hand")


FAILING_LINKS = frozenset({LinkStatus.MOVED, LinkStatus.FAILED})

# What anonymous and confidential mean: the one place where it is said.
ANONYMITY_MEANINGS = {
    Anonymity.ANONYMOUS: _(
        "Anonymous: nobody is told who you are. What you say is passed on, so that "
        "someone can act."
    ),
    Anonymity.CONFIDENTIAL: _(
        "Confidential: what you say is kept private, but not always. If a child is at "
        "risk, they may have to tell someone. Ask them first."
    ),
    Anonymity.NAMED: _(
        "Not anonymous: they may ask for your name. You can ask who will see it before "
        "you give it."
    ),
    Anonymity.UNKNOWN: _(
        "Ask first if you can stay anonymous, and what they keep private."
    ),
}

CALLABLE_KINDS = frozenset({FactKind.NUMBER, FactKind.RELAY})
# What a reader taps first, in this order.
NUMBER_KINDS = (FactKind.NUMBER, FactKind.RELAY, FactKind.SMS)
# How a route is reached: when one of these is too old, the route is too old.
CONTACT_KINDS = frozenset({*NUMBER_KINDS, FactKind.WEB})
# Facts that describe a route without saying how to reach it or what it offers.
CIRCUMSTANCE_KINDS = frozenset({FactKind.HOURS, FactKind.COST})

# The one route that every list begins with.
EMERGENCY_KEY = "999"

# Which protected national route stands in for one that nobody has checked in time,
# when an editor has not chosen another.
STAND_INS = {
    RouteGroup.EMERGENCY: EMERGENCY_KEY,
    RouteGroup.POLICE: "101",
    RouteGroup.ANONYMOUS: "crimestoppers",
    RouteGroup.CHILD: "101",
    RouteGroup.ONLINE: "101",
    RouteGroup.SUPPORT: "childline",
}

# What a reader wants to do, in the reader's words.
WISHES = {
    RouteGroup.EMERGENCY: _("Someone is in danger now"),
    RouteGroup.POLICE: _("I want to tell the police"),
    RouteGroup.ANONYMOUS: _("I want to tell someone without giving my name"),
    RouteGroup.CHILD: _("I want to talk to someone about a child"),
    RouteGroup.ONLINE: _("It happened online"),
    RouteGroup.SUPPORT: _("I want support for me or my family"),
}


class Urgency(TextChoices):
    """The finder's first question."""

    NOW = "now", _("It is happening now")
    GONE = "gone", _("They have gone")
    UNSURE = "unsure", _("I am not sure, or it was a while ago")


class Matter(TextChoices):
    """The finder's second question. Whoever asks for themselves is not asked more."""

    BUSINESS = "business", _("In a hotel, taxi, shop or other business")
    STREET = "street", _("In the street, or on a bus or train")
    HOME = "home", _("At home, or in a family")
    ONLINE = "online", _("Online or on a phone")
    ME = "me", _("It is about me")


# The last step of an address when the reader names no area.
ANYWHERE = "anywhere"
# Neutral on purpose: the page before the help pages, which says how to leave.
HELP_PATH = "pages/"

# Whom to tell about what, in this order; local routes of LOCAL_GROUPS go before these.
ANSWERS = {
    Matter.BUSINESS: ("101", "crimestoppers", "nspcc", "modern-slavery"),
    Matter.STREET: ("101", "btp", "crimestoppers", "nspcc", "missing-people"),
    Matter.HOME: ("nspcc", "101", "crimestoppers", "stop-it-now"),
    Matter.ONLINE: ("ceop", "report-remove", "iwf", "101", "crimestoppers", "nspcc"),
}
# What goes before everything else: the police while the trail is fresh.
FIRST_TO_TELL = {Urgency.GONE: ("101",), Urgency.UNSURE: ()}
LOCAL_GROUPS = (RouteGroup.POLICE, RouteGroup.CHILD)
# Ways to use another route: named on that route's card, not beside it.
COMPANION_WAYS = frozenset({Access.SILENT, Access.BSL, Access.SMS, Access.RELAY})
