from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from core.models import Area
from outbox.enums import (
    GONE_STATES,
    UNDELIVERED_STATES,
    UNSENT_STATES,
    Channel,
    MessageState,
)


class MessageQuerySet(models.QuerySet["Message"]):
    def to_deliver(self, now: datetime) -> Self:
        """Return what waits, and what a worker took up but never finished."""
        return self.filter(state__in=UNSENT_STATES, next_try_at__lte=now)

    def awaiting_receipt(self, now: datetime) -> Self:
        """Return what a provider took and has not said the end of; ask it again now."""
        return self.filter(
            ~models.Q(provider_id=""),
            state=MessageState.SENT,
            next_try_at__lte=now,
        )

    def unsent(self) -> Self:
        return self.filter(state__in=UNSENT_STATES)

    def undelivered(self) -> Self:
        return self.filter(state__in=UNDELIVERED_STATES)

    def gone(self) -> Self:
        """Return what has left us and not come back."""
        return self.filter(state__in=GONE_STATES)

    def keyed(self, prefix: str) -> Self:
        """Return the messages of one round: those whose key begins like this."""
        return self.filter(dedupe_key__startswith=prefix)

    def holding(self, words: str) -> Self:
        """Return those with these words in the address or the subject."""
        return self.filter(
            models.Q(address__icontains=words) | models.Q(subject__icontains=words)
        )

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what an officer may read: messages of the officer's areas."""
        if not is_officer(user):
            return self.none()
        if isinstance(user, User) and user.is_superuser:
            return self.all()
        return self.filter(area__in=areas_of(user))


class Message(models.Model):
    """One thing told to one person once: the delivery ledger.

    The key says what makes it once, for example "visit-released:KEY:user:7". The
    Message-ID is drawn with the row, so a second try after a crash is the same mail; it
    is the reference at GOV.UK Notify too. `about` and `reader` are keys of rooms above:
    the premises it is about, and the person told who has no account.
    """

    dedupe_key = models.CharField(max_length=200, unique=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="messages",
    )
    reader = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=40, blank=True)
    address = models.CharField(
        max_length=254, help_text=_("E-mail address, or telephone number as +44…")
    )
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Whose officers may read it; empty: nobody's"),
    )
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    template = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    is_secret = models.BooleanField(
        default=False,
        help_text=_("Holds a private link or a name: never shown, blanked once sent"),
    )
    state = models.CharField(
        max_length=10, choices=MessageState, default=MessageState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=120)
    provider_id = models.CharField(max_length=64, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(
        null=True, help_text=_("When it was known to have arrived, or never will")
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state__in=sorted(UNSENT_STATES)),
                name="message_waiting",
            ),
            models.Index(fields=["recipient", "-queued_at"], name="message_by_person"),
            models.Index(
                fields=["about", "-queued_at"],
                condition=~models.Q(about=""),
                name="message_by_premises",
            ),
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state=MessageState.SENT) & ~models.Q(provider_id=""),
                name="message_without_receipt",
            ),
            models.Index(fields=["message_id"], name="message_by_reference"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=sorted(GONE_STATES))
                | models.Q(sent_at__isnull=False),
                name="message_sent_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.dedupe_key}"

    @property
    def shown_body(self) -> str:
        """Return the words an officer may read: never a private link."""
        return "" if self.is_secret else self.body


class Round(models.Model):
    """One sending by the calendar, such as the summaries of a week.

    The keys of its messages begin with its own. `expected` counts who should have been
    told, apart from the telling, when everything was in the outbox.
    """

    key = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField()
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    expected = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(begun_at__gte=models.F("due_at")),
                name="round_begins_when_due",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class JobRun(models.Model):
    """When the clock last started a job: one row per job, the row is the lock."""

    path = models.CharField(max_length=120, unique=True)
    last_started_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.path


# Names of heartbeats: the clock's last beat, and the first one since it stood still.
CLOCK = "clock"
CLOCK_STARTED = "clock-started"


class Heartbeat(models.Model):
    """The clock's sign of life."""

    name = models.CharField(max_length=40, unique=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
