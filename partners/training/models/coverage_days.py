from django.db import models

from partners.register.models import Premises
from partners.training.enums import CoverageLevel


class CoverageDay(models.Model):
    """Coverage at the end of a day, kept so that a year can be shown at once.

    Worked out by `partners.training.coverage` and by nothing else, so it can be thrown
    away and made anew. `subject_id` is the key of the premises, organisation or area,
    and 0 for everybody. A day that is kept has a row for everybody; a level without a
    row had nobody in post.
    """

    level = models.CharField(max_length=12, choices=CoverageLevel)
    subject_id = models.BigIntegerField()
    day = models.DateField()
    in_post = models.PositiveIntegerField()
    required = models.PositiveIntegerField()
    covered = models.PositiveIntegerField()
    in_grace = models.PositiveIntegerField()
    expired = models.PositiveIntegerField()
    never_trained = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["level", "subject_id", "day"], name="coverageday_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    required=models.F("covered")
                    + models.F("in_grace")
                    + models.F("expired")
                    + models.F("never_trained"),
                    required__lte=models.F("in_post"),
                ),
                name="coverageday_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.subject_id} {self.day}"


class CoverageCorrection(models.Model):
    """Something about past days has changed: they are to be counted again.

    Written with the change, so it exists exactly when the change does; deleted with the
    rows it leads to.
    """

    premises = models.ForeignKey(Premises, models.CASCADE, related_name="+")
    first_day = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["first_day"], name="correction_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.premises_id} from {self.first_day}"
