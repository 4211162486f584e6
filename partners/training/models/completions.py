from datetime import date
from typing import Self

from django.db import models

from campaigns.guidance.models import Campaign
from campaigns.learning.models import Module, ModuleVersion
from core.models import AreaQuerySet
from core.shortcodes import new_code
from partners.register.models import Premises, Spell, StaffMember
from partners.training.models.attempts import Attempt
from partners.training.models.training_sessions import Attendance

CERTIFICATE_CODE_LENGTH = 12


def new_certificate_code() -> str:
    return new_code(CERTIFICATE_CODE_LENGTH)


class CompletionQuerySet(models.QuerySet["Completion"]):
    def standing(self) -> Self:
        """Leave out those of people who, it turned out, were not at the session."""
        withdrawals = CompletionWithdrawal.objects.filter(
            completion=models.OuterRef("pk")
        )
        return self.filter(~models.Exists(withdrawals))

    def with_is_withdrawn(self) -> Self:
        """Add `is_withdrawn`, for pages that show these too."""
        withdrawals = CompletionWithdrawal.objects.filter(
            completion=models.OuterRef("pk")
        )
        return self.annotate(is_withdrawn=models.Exists(withdrawals))

    def with_origin(self) -> Self:
        return self.select_related(
            "module", "attempt__version", "attendance__session__version"
        )

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

    def of_people_at(self, premises: Premises, day: date) -> Self:
        """Return those of people in post at premises on a day, of today's owner."""
        spells = premises.spells.of_controller(premises).in_post(day)
        return self.filter(staff_member__in=spells.values("staff_member"))

    def newest_of_each(self) -> Self:
        """Leave out those that the same person has done again since."""
        later = Completion.objects.standing().filter(
            staff_member=models.OuterRef("staff_member"),
            module=models.OuterRef("module"),
            pk__gt=models.OuterRef("pk"),
        )
        return self.filter(~models.Exists(later))

    def with_words(self) -> Self:
        """Bring along what a certificate names."""
        return self.with_origin().select_related("staff_member")

    def for_campaign(self, campaign: Campaign) -> Self:
        """Return those of its modules; a campaign without modules means them all."""
        modules = Campaign.modules.through.objects.filter(campaign=campaign.pk)
        return self.filter(
            models.Q(module__in=modules.values("module")) | ~models.Exists(modules)
        )


class Completion(models.Model):
    """A passed module, valid from a day until a day. Only ever added to.

    It was earned by an attempt, or by being at a face-to-face session.
    """

    staff_member = models.ForeignKey(
        StaffMember, models.PROTECT, related_name="completions"
    )
    module = models.ForeignKey(Module, models.PROTECT, related_name="completions")
    attempt = models.OneToOneField(
        Attempt, models.PROTECT, null=True, blank=True, related_name="completion"
    )
    attendance = models.OneToOneField(
        Attendance, models.PROTECT, null=True, blank=True, related_name="completion"
    )
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
            models.CheckConstraint(
                condition=models.Q(attempt__isnull=False, attendance__isnull=True)
                | models.Q(attempt__isnull=True, attendance__isnull=False),
                name="completion_has_one_origin",
            ),
        ]

    def __str__(self) -> str:
        return self.certificate_code

    @property
    def version(self) -> ModuleVersion:
        """Return the words it was earned by: load it `with_origin`."""
        if self.attendance is not None:
            return self.attendance.session.version
        assert self.attempt is not None  # noqa: S101 -- completion_has_one_origin
        return self.attempt.version

    @property
    def title(self) -> str:
        """Return the title of the module as it was when it was passed."""
        title: str = self.version.content.get("title", "")
        return title or self.module.title

    @property
    def passed_at_work_in(self) -> Premises | None:
        """Return where the person was in post on the day, the newest post first."""
        spells = Spell.objects.in_post(self.valid_from).filter(
            staff_member=self.staff_member_id
        )
        spell = spells.select_related("premises").order_by("-started_on", "-pk").first()
        return spell.premises if spell else None

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_until


class CompletionWithdrawal(models.Model):
    """That a completion does not count, because its person was not at the session.

    Only ever added to. Who said so, when and why stands in the row that it follows.
    """

    completion = models.OneToOneField(
        Completion, models.PROTECT, related_name="withdrawal"
    )
    taken_back_by = models.OneToOneField(
        Attendance, models.PROTECT, related_name="withdrawal"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.completion_id} withdrawn"
