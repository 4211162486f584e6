from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.register.enums import Shift, StaffRole
from partners.register.models.organisations import Organisation
from partners.register.models.premises import Premises, random_key


class StaffMember(models.Model):
    """A person who works for an organisation. Name and addresses live only here."""

    key = models.CharField(max_length=12, unique=True, default=random_key)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="staff_members"
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    staff_number = models.CharField(_("staff number"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(
        _("mobile number"),
        max_length=16,
        blank=True,
        help_text=_("As +447700900123"),
    )
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default="en"
    )
    anonymised_at = models.DateTimeField(null=True, blank=True)
    staged_import = models.ForeignKey(
        "register.StagedImport",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        help_text=_("The spreadsheet that brought this person, if one did"),
    )

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff members")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "staff_number"],
                condition=~models.Q(staff_number=""),
                name="staffmember_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Name removed"))


class SpellQuerySet(models.QuerySet["Spell"]):
    def standing(self) -> Self:
        """Leave out spells that were entered by mistake and voided."""
        return self.filter(voided_at__isnull=True)

    def of_controller(self, premises: Premises) -> Self:
        """Leave out people of an organisation that ran these premises before.

        Their names belong to that organisation and are no business of the next one.
        """
        return self.filter(staff_member__organisation=premises.organisation_id)

    def in_post(self, day: date) -> Self:
        """Return the spells open on a day; the last day is worked."""
        open_then = models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=day)
        return self.standing().filter(open_then, started_on__lte=day)

    def open_on_or_after(self, day: date) -> Self:
        """Return the spells that are open on a day or begin later."""
        return self.standing().filter(
            models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=day)
        )

    def left_before(self, day: date) -> Self:
        return self.standing().filter(ended_on__lt=day)

    def people(self) -> int:
        """Count the people in these spells, each once."""
        return self.values("staff_member").distinct().count()

    def started_between(self, first: date, last: date) -> Self:
        return self.standing().filter(started_on__range=(first, last))

    def left_between(self, first: date, last: date) -> Self:
        return self.standing().filter(ended_on__range=(first, last))


class Spell(models.Model):
    """One person in one role at one premises, from a day to a day, both worked.

    Never deleted: a wrong spell is voided and another added, which `replaces` it. The
    database refuses two standing spells of one person in one role at one premises that
    share a day.
    """

    staff_member = models.ForeignKey(StaffMember, models.PROTECT, related_name="spells")
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="spells")
    role = models.CharField(_("role"), max_length=12, choices=StaffRole)
    shift = models.CharField(
        _("shift"), max_length=10, choices=Shift, default=Shift.MIXED
    )
    started_on = models.DateField(_("first day"))
    ended_on = models.DateField(_("last day"), null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    staged_import = models.ForeignKey(
        "register.StagedImport",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="spells",
    )

    objects = SpellQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["premises", "started_on", "ended_on"], name="spell_in_post"
            ),
            models.Index(fields=["staff_member"], name="spell_by_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="spell_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member_id} {self.role} {self.started_on}"
