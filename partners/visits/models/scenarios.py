from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.learning.models import Module
from campaigns.signs.models import Sign
from partners.visits.enums import ScenarioKind, Step
from partners.visits.models.covert import CovertModel


class Scenario(CovertModel):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=ScenarioKind)
    cues: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    pressure = models.PositiveSmallIntegerField(
        default=1, help_text=_("How hard the visitor presses: 1 little to 3 a lot")
    )
    brief: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pressure__gte=1, pressure__lte=3),
                name="scenario_pressure_one_to_three",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def difficulty(self) -> int:
        """Rate from 1 (easy to notice) to 5: few cues and much pressure are hard."""
        return max(1, min(5, 4 - len(self.cues) // 2 + self.pressure - 1))


class ChecklistVersionQuerySet(models.QuerySet["ChecklistVersion"]):
    def newest(self) -> Self:
        """Return the newest version of each scenario."""
        later = ChecklistVersion.objects.filter(
            scenario=models.OuterRef("scenario"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(later))

    def current(self, scenario: Scenario) -> "ChecklistVersion | None":
        return self.filter(scenario=scenario).order_by("-number").first()


class ChecklistVersion(CovertModel):
    """The items of a scenario as published; a visit keeps the version it had."""

    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()

    objects = ChecklistVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "number"], name="checklistversion_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario_id} v{self.number}"


class ChecklistItem(CovertModel):
    version = models.ForeignKey(ChecklistVersion, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=15, choices=Step)
    text = models.CharField(max_length=300)
    is_critical = models.BooleanField(default=False)
    sign = models.ForeignKey(Sign, models.PROTECT, null=True, blank=True)
    module = models.ForeignKey(Module, models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "step"], name="checklistitem_step_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text
