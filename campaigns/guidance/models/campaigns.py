from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def running(self, now: datetime) -> Self:
        return self.filter(opens_at__lte=now, closes_at__gt=now)


class Campaign(models.Model):
    """A season: theme, dates, audiences, materials and modules that belong together."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    theme = models.CharField(max_length=200, blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="campaign_opens_before_it_closes",
                violation_error_message=_("The campaign closes after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
