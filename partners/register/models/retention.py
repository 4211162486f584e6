from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Area
from partners.register.models.organisations import Organisation


class RetentionTerm(models.Model):
    """For how many months a leaver's name is kept, for one organisation or area.

    The organisation's own term comes first, then that of the area of the last premises,
    then that of the force it belongs to, then `rules.RETENTION_MONTHS`.
    """

    organisation = models.OneToOneField(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="retention_term",
        verbose_name=_("organisation"),
    )
    area = models.OneToOneField(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="retention_term",
        verbose_name=_("area"),
    )
    months = models.PositiveSmallIntegerField(_("months after the last day"))

    class Meta:
        verbose_name = _("retention time")
        verbose_name_plural = _("retention times")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=True, area__isnull=False)
                | models.Q(organisation__isnull=False, area__isnull=True),
                name="retentionterm_for_one",
            ),
            models.CheckConstraint(
                condition=models.Q(months__range=(1, 120)),
                name="retentionterm_within_ten_years",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id or self.area_id}: {self.months}"
