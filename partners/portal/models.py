from django.conf import settings
from django.db import models

from partners.register.models import Premises, Spell


class DigestWish(models.Model):
    """Whether a manager wants the weekly summary; without a row it is sent.

    It is asked for summaries only: alarms, tasks and links go whatever it says.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest_wish"
    )
    is_wanted = models.BooleanField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.is_wanted}"


class StillHere(models.Model):
    """A manager's word that somebody we asked about is in post still. Only added to."""

    spell = models.ForeignKey(Spell, models.PROTECT, related_name="said_here")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["spell", "-said_at"], name="stillhere_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.spell_id} {self.said_at}"


class BulletinReading(models.Model):
    """A manager's word to have read a bulletin, for one premises. Only added to.

    The bulletin is named by what its page has in common with its translations, so that
    it may go without this row. One that is issued anew is to be read anew.
    """

    bulletin = models.UUIDField()
    issued_on = models.DateField()
    premises = models.ForeignKey(
        Premises, models.PROTECT, related_name="bulletin_readings"
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "issued_on", "premises", "reader"],
                name="bulletinreading_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bulletin} {self.reader_id}"
