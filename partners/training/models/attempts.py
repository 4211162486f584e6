from typing import Any, Self

from django.db import models

from campaigns.learning.models import ModuleVersion
from campaigns.learning.rules.course import course_of
from campaigns.learning.rules.shape import Content
from partners.register.models import StaffMember


class ProgressQuerySet(models.QuerySet["Progress"]):
    def unfinished(self) -> Self:
        """Leave out what has ended in an attempt."""
        attempts = Attempt.objects.filter(
            staff_member=models.OuterRef("staff_member"),
            version=models.OuterRef("version"),
            started_at=models.OuterRef("started_at"),
        )
        return self.filter(~models.Exists(attempts))

    def newest_in(self, *, staff_member: StaffMember, slug: str) -> "Progress | None":
        """Return where a person is in a module, in the version begun last."""
        return (
            self.filter(staff_member=staff_member, version__module__slug=slug)
            .select_related("version__module")
            .order_by("-started_at", "-pk")
            .first()
        )


class Progress(models.Model):
    """How far a person is in a module: the only training row that changes.

    `seed` and `roles` settle which lessons and questions are theirs, and in what order;
    `skipped` holds the lessons they read something else in place of.
    """

    staff_member = models.ForeignKey(
        StaffMember, models.CASCADE, related_name="progress"
    )
    version = models.ForeignKey(ModuleVersion, models.PROTECT)
    started_at = models.DateTimeField()
    seed = models.CharField(max_length=16, blank=True)
    roles: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    skipped: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    lessons_read = models.PositiveSmallIntegerField(default=0)
    answers: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(
        default=dict
    )

    objects = ProgressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff_member", "version"], name="progress_once_per_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member_id} in {self.version_id}"

    @property
    def course(self) -> Content:
        """Return the lessons and questions of this person, in their order."""
        return course_of(self.version.words, roles=self.roles, seed=self.seed)


class Attempt(models.Model):
    """One finished try at a module version. Only ever added to.

    `answers` maps question to the option taken first; `score` is per cent of what was
    asked, which `seed` and `roles` settle as they do in Progress.
    """

    staff_member = models.ForeignKey(
        StaffMember, models.PROTECT, related_name="attempts"
    )
    version = models.ForeignKey(ModuleVersion, models.PROTECT, related_name="attempts")
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField()
    seed = models.CharField(max_length=16, blank=True)
    roles: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    skipped: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    answers: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    score = models.PositiveSmallIntegerField()
    is_passed = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__lte=100), name="attempt_score_is_a_share"
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at__gte=models.F("started_at")),
                name="attempt_submitted_after_start",
            ),
            # A form sent twice is one attempt. Written as expressions, because SQLite
            # would else make the table anew and lose its append-only triggers.
            models.UniqueConstraint(
                models.F("staff_member"),
                models.F("version"),
                models.F("started_at"),
                name="attempt_once_per_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member_id} {self.version_id} {self.score}"

    @property
    def course(self) -> Content:
        """Return what this person was taught and asked, in their order."""
        return course_of(self.version.words, roles=self.roles, seed=self.seed)
