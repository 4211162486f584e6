from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from campaigns.guidance.models import Campaign
from partners.register.models.premises import Premises, random_key


class MailingQuerySet(models.QuerySet["Mailing"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return the mailings that went to premises of an officer's areas."""
        if not is_officer(user):
            return self.none()
        sent_here = MailingRecipient.objects.filter(
            mailing=models.OuterRef("pk"), premises__area__in=areas_of(user)
        )
        return self.filter(models.Exists(sent_here))


class Mailing(models.Model):
    """What an officer wrote to the partners of a campaign. Only ever added to.

    The row is made when the officer confirms, with its recipients; the messages follow
    in a job. Its key is drawn with the preview: a form sent twice is one mailing.
    """

    key = models.CharField(max_length=12, unique=True, default=random_key)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="mailings")
    subject = models.CharField(_("subject"), max_length=150)
    words = models.TextField(_("words"))
    kinds: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField()

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(subject="") & ~models.Q(words=""),
                name="mailing_says_something",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class MailingRecipientQuerySet(models.QuerySet["MailingRecipient"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not is_officer(user):
            return self.none()
        return self.filter(premises__area__in=areas_of(user))


class MailingRecipient(models.Model):
    """A manager who gets a mailing, and the premises on whose account."""

    mailing = models.ForeignKey(Mailing, models.PROTECT, related_name="recipients")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="+")

    objects = MailingRecipientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "user"], name="mailingrecipient_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mailing_id} to {self.user_id}"

    @property
    def dedupe_key(self) -> str:
        """Return the outbox's key: one message of a mailing for each person."""
        return f"mailing:{self.mailing.key}:user:{self.user_id}"
