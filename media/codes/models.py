from datetime import datetime
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from campaigns.guidance.models import Campaign
from core.models import Area
from core.shortcodes import new_code
from media.codes.enums import CodeUse, Prefix
from partners.register.enums import PremisesState
from partners.register.models import Premises

# With a host of ten characters the address fits a QR code of version 2 at level Q.
CODE_LENGTH = 8


def new_poster_code() -> str:
    return new_code(CODE_LENGTH)


class CodeQuerySet(models.QuerySet["Code"]):
    def on_walls(self) -> Self:
        """Leave out codes that were retired: their posters should be gone."""
        return self.filter(retired_on__isnull=True)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not is_officer(user):
            return self.none()
        return self.filter(area__in=areas_of(user))

    def of_campaign(self, campaign: Campaign) -> Self:
        """Return its own codes and those of no campaign, where it reaches."""
        own = models.Q(campaign=campaign) | models.Q(campaign__isnull=True)
        return self.filter(own, area__in=campaign.reached_areas())

    def with_openings(self, since: datetime, until: datetime) -> Self:
        """Add `openings`, counted in the hours from `since` to before `until`."""
        counted = models.Q(scan_counts__hour__gte=since, scan_counts__hour__lt=until)
        total = models.Sum("scan_counts__n", filter=counted, default=0)
        return self.annotate(openings=total)


class Code(models.Model):
    """What one printed QR code holds: one per wall, never used again."""

    text = models.CharField(
        max_length=CODE_LENGTH, unique=True, default=new_poster_code, editable=False
    )
    use = models.CharField(max_length=12, choices=CodeUse, default=CodeUse.STAFF_ROOM)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    premises = models.ForeignKey(
        Premises, models.PROTECT, null=True, blank=True, related_name="codes"
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="codes"
    )
    place = models.CharField(
        _("where it hangs"), max_length=120, blank=True, help_text=_("Room, in words")
    )
    language = models.CharField(max_length=8, default="en")
    issued_at = models.DateTimeField()
    retired_on = models.DateField(null=True, blank=True)

    objects = CodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        indexes = [models.Index(fields=["premises"], name="code_by_premises")]

    def __str__(self) -> str:
        return self.text

    @property
    def names_premises(self) -> bool:
        """Say whether the page behind it may still tell whose wall it hangs on."""
        return (
            self.retired_on is None
            and self.premises is not None
            and self.premises.state == PremisesState.ACTIVE
        )


class ScanCountQuerySet(models.QuerySet["ScanCount"]):
    def of_campaign(self, campaign: Campaign, now: datetime) -> Self:
        """Return the hours of its codes since it opened, the running hour left out.

        Codes lead to one page. Support pages have no code, so none is counted here.
        """
        hour = now.replace(minute=0, second=0, microsecond=0)
        return self.filter(
            code__in=Code.objects.of_campaign(campaign),
            hour__gte=campaign.opens_at,
            hour__lt=min(hour, campaign.closes_at),
        )


class ScanCount(models.Model):
    """Openings of a code in one hour, by the way it was reached. No reader is kept."""

    code = models.ForeignKey(Code, models.PROTECT, related_name="scan_counts")
    hour = models.DateTimeField()
    kind = models.CharField(max_length=1, choices=Prefix)
    n = models.PositiveIntegerField(default=0)

    objects = ScanCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "hour", "kind"], name="scancount_once_per_hour"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code_id} {self.hour:%Y-%m-%d %H} {self.n}"
