from datetime import date
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of, is_area_lead, is_officer
from campaigns.guidance.models import Campaign
from campaigns.learning.models import Module, ModuleVersion
from core.models import Area, AreaQuerySet
from core.shortcodes import new_code
from partners.register.enums import PremisesKind, StaffRole
from partners.register.models import Premises, Spell, StaffMember

CERTIFICATE_CODE_LENGTH = 12


def new_certificate_code() -> str:
    return new_code(CERTIFICATE_CODE_LENGTH)


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what applies in an officer's areas, from above or of their own."""
        if not is_officer(user):
            return self.none()
        areas = areas_of(user)
        return self.filter(
            models.Q(area__isnull=True)
            | models.Q(area__in=areas)
            | models.Q(area__districts__in=areas)
        ).distinct()

    def changeable_by(self, user: User | AnonymousUser) -> Self:
        """Return those of the officer's own areas, and for a lead those of all."""
        if not is_officer(user):
            return self.none()
        own = models.Q(area__in=areas_of(user))
        if is_area_lead(user):
            own |= models.Q(area__isnull=True)
        return self.filter(own)


class Requirement(models.Model):
    """Which roles need which module, how soon after starting, and how often again."""

    module = models.ForeignKey(Module, models.PROTECT, related_name="requirements")
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, help_text=_("Empty: every area")
    )
    premises_kind = models.CharField(
        max_length=10,
        choices=PremisesKind,
        blank=True,
        help_text=_("Empty: every kind"),
    )
    within_days = models.PositiveSmallIntegerField(
        default=30, help_text=_("Days a starter has before it is overdue")
    )
    valid_months = models.PositiveSmallIntegerField(default=12)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")

    def __str__(self) -> str:
        return f"{self.module_id} within {self.within_days} days"


class RequirementRole(models.Model):
    requirement = models.ForeignKey(
        Requirement, models.CASCADE, related_name="required_roles"
    )
    role = models.CharField(max_length=12, choices=StaffRole)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "role"], name="requirementrole_once"
            ),
        ]

    def __str__(self) -> str:
        return self.role


class SlipQuerySet(models.QuerySet["Slip"]):
    def current(self) -> Self:
        return self.filter(replaced_at__isnull=True)

    def with_person(self) -> Self:
        return self.select_related(
            "staff_member__organisation", "premises__organisation", "premises__area"
        )


class Slip(models.Model):
    """A printed slip: personal code and PIN with which a person signs in to learn.

    The PIN is drawn when the slip is printed and kept only as a keyed HMAC. A reprint
    replaces the slip; five wrong PINs lock it until the manager prints another.
    """

    staff_member = models.ForeignKey(StaffMember, models.PROTECT, related_name="slips")
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="slips")
    code = models.CharField(max_length=6)
    pin_hmac = models.CharField(max_length=64)
    printed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)

    objects = SlipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["premises", "code"], name="slip_code_once_per_premises"
            ),
            models.UniqueConstraint(
                fields=["staff_member", "premises"],
                condition=models.Q(replaced_at__isnull=True),
                name="slip_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"slip {self.pk}"


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    def current(self) -> Self:
        return self.filter(replaced_at__isnull=True, ended_at__isnull=True)

    def not_ended(self) -> Self:
        """Leave out what a manager took back: nobody goes on learning by those."""
        return self.filter(ended_at__isnull=True)

    def with_person(self) -> Self:
        return self.select_related(
            "staff_member__organisation", "premises__organisation", "premises__area"
        )


class PersonalLink(models.Model):
    """A link to training that was sent to one person, who needs no slip then.

    The secret in it is kept only as a keyed HMAC. The next link replaces it; a manager
    can end it; opened on a device that others use too, it is used up.
    """

    staff_member = models.ForeignKey(
        StaffMember, models.PROTECT, related_name="personal_links"
    )
    premises = models.ForeignKey(
        Premises, models.PROTECT, related_name="personal_links"
    )
    token_hmac = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    used_up_at = models.DateTimeField(null=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff_member", "premises"],
                condition=models.Q(replaced_at__isnull=True, ended_at__isnull=True),
                name="personallink_one_current",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")),
                name="personallink_expires_after_it_is_made",
            ),
        ]

    def __str__(self) -> str:
        return f"personal link {self.pk}"


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
    """How far a person is in a module: the only training row that changes."""

    staff_member = models.ForeignKey(
        StaffMember, models.CASCADE, related_name="progress"
    )
    version = models.ForeignKey(ModuleVersion, models.PROTECT)
    started_at = models.DateTimeField()
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


class Attempt(models.Model):
    """One finished try at a module version. Only ever added to.

    `answers` maps question to the option taken first; `score` is per cent.
    """

    staff_member = models.ForeignKey(
        StaffMember, models.PROTECT, related_name="attempts"
    )
    version = models.ForeignKey(ModuleVersion, models.PROTECT, related_name="attempts")
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField()
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
