from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")


class MessageState(TextChoices):
    """How far a message has come; a bounce is the address's fault, a failure not."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    BOUNCED = "bounced", _("Address does not work")
    FAILED = "failed", _("Not delivered")


UNSENT_STATES = frozenset({MessageState.QUEUED, MessageState.SENDING})
GONE_STATES = frozenset({MessageState.SENT, MessageState.DELIVERED})
# What nobody has read, and nobody will unless a person does something about it.
UNDELIVERED_STATES = frozenset({MessageState.BOUNCED, MessageState.FAILED})
