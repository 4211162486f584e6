from datetime import date
from typing import Self

from django.db import models

from campaigns.guidance.models import Campaign
from campaigns.learning.models import Module
from core.models import AreaQuerySet
from core.shortcodes import new_code
from partners.register.models import Spell, StaffMember
from partners.training.models.attempts import Attempt

CERTIFICATE_CODE_LENGTH = 12


def new_certificate_code() -> str:
    return new_code(CERTIFICATE_CODE_LENGTH)


class CompletionQuerySet(models.QuerySet["Completion"]):
    def valid_on(self, day: date) -> Self:
        return self.filter(valid_from__lte=day, valid_until__gte=day)

    def made_between(self, first: date, last: date) -> Self:
        return self.filter(valid_from__range=(first, last))

    def by_people_of(self, areas: AreaQuerySet) -> Self:
        """Return those of people who work, or have worked, at premises of the areas."""
        spells = Spell.objects.standing().filter(
            staff_member=models.OuterRef("staff_member"), premises__area__in=areas
        )
        return self.filter(models.Exists(spells))

    def for_campaign(self, campaign: Campaign) -> Self:
        """Return those of its modules; a campaign without modules means them all."""
        modules = Campaign.modules.through.objects.filter(campaign=campaign.pk)
        return self.filter(
            models.Q(module__in=modules.values("module")) | ~models.Exists(modules)
        )


class Completion(models.Model):
    """A passed module, valid from a day until a day. Only ever added to."""

    staff_member = models.ForeignKey(
        StaffMember, models.PROTECT, related_name="completions"
    )
    module = models.ForeignKey(Module, models.PROTECT, related_name="completions")
    attempt = models.OneToOneField(Attempt, models.PROTECT, related_name="completion")
    valid_from = models.DateField()
    valid_until = models.DateField()
    certificate_code = models.CharField(
        max_length=CERTIFICATE_CODE_LENGTH, unique=True, default=new_certificate_code
    )

    objects = CompletionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["staff_member", "module", "valid_from", "valid_until"],
                name="completion_valid",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")),
                name="completion_until_after_from",
            ),
        ]

    def __str__(self) -> str:
        return self.certificate_code

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_until
