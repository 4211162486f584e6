from django.db import models

from core.models import Area
from partners.visits.enums import DEFAULT_STANDARD, Step


class AreaStandardQuerySet(models.QuerySet["AreaStandard"]):
    def steps_for(self, area: Area) -> frozenset[str]:
        """Return the steps an area asks for, else its force's, else the default."""
        rows = self.filter(area__in=[area.pk, area.parent_id or area.pk])
        by_area: dict[int, set[str]] = {}
        for area_id, step in rows.values_list("area", "step"):
            by_area.setdefault(area_id, set()).add(step)
        own = by_area.get(area.pk) or by_area.get(area.parent_id or 0)
        return frozenset(own or DEFAULT_STANDARD)


class AreaStandard(models.Model):
    """The steps an area asks for. An observation below it is a gap."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="standard")
    step = models.CharField(max_length=15, choices=Step)

    objects = AreaStandardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "step"], name="areastandard_step_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.step}"
