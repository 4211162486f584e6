"""What became of premises: append-only, so that nobody rewrites whose they were."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.register.enums import PlaceChangeKind
from partners.register.models.organisations import Organisation
from partners.register.models.premises import Premises


class OwnershipQuerySet(models.QuerySet["Ownership"]):
    def on(self, day: date) -> Self:
        """Return the rows in force by a day, the one that counts first."""
        return self.filter(from_on__lte=day).order_by("-from_on", "-pk")


class Ownership(models.Model):
    """Which organisation runs premises from a day on. Only ever added to.

    The rows begin with the first change: until then it is who joined.
    """

    premises = models.ForeignKey(Premises, models.PROTECT, related_name="ownerships")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="ownerships"
    )
    from_on = models.DateField()
    # Whether the one before agreed to hand the staff list on.
    has_people = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    objects = OwnershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["premises", "from_on"], name="ownership_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} from {self.from_on}"


class PlaceChange(models.Model):
    """That premises closed or opened again, and on which day. Only ever added to."""

    premises = models.ForeignKey(Premises, models.PROTECT, related_name="changes")
    kind = models.CharField(_("kind"), max_length=10, choices=PlaceChangeKind)
    on_day = models.DateField()
    has_people = models.BooleanField(
        default=False, help_text=_("Whether the people stayed on the list")
    )
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.kind} {self.on_day}"
