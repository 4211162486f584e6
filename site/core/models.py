from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.enums import AreaKind
from core.validators import hex_colour, readable_under_ink, readable_under_white


class AreaQuerySet(models.QuerySet["Area"]):
    def within(self, areas: Iterable["Area"]) -> Self:
        """Return these areas and the districts inside them."""
        return self._inside([area.pk for area in areas])

    def within_unread(self, areas: "AreaQuerySet") -> Self:
        """Return the same as part of the query that uses it: none of its own."""
        return self._inside(areas.values("pk"))

    def _inside(self, pks: Any) -> Self:
        return self.filter(models.Q(pk__in=pks) | models.Q(parent__in=pks))


class Area(models.Model):
    """A force, or a district of one. Officers see what lies in their own areas."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=AreaKind, default=AreaKind.DISTRICT)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="districts",
        verbose_name=_("part of"),
    )

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=AreaKind.FORCE, parent__isnull=True)
                | models.Q(kind=AreaKind.DISTRICT),
                name="area_force_stands_alone",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InstallationManager(models.Manager["Installation"]):
    def current(self) -> "Installation":
        """Return the one row, or an unsaved default before the first start."""
        return self.first() or Installation(pk=1)


class Installation(models.Model):
    """Who runs this copy of the product, and how it presents itself."""

    name = models.CharField(_("name"), max_length=120, default="Spot the Signs")
    short_name = models.CharField(
        _("short name"), max_length=40, default="Spot the Signs"
    )
    brand = models.CharField(
        _("main colour"),
        max_length=7,
        default="#2b0f36",
        validators=[hex_colour, readable_under_white],
    )
    accent = models.CharField(
        _("second colour"),
        max_length=7,
        default="#ffc928",
        validators=[hex_colour, readable_under_ink],
    )
    logo = models.ImageField(_("logo"), upload_to="brand/", blank=True)
    contact = models.EmailField(
        _("address for questions about this site"),
        blank=True,
        help_text=_("Stands at the foot of each page; not for worries about a child."),
    )
    is_demonstration = models.BooleanField(default=False)

    objects = InstallationManager()

    class Meta:
        verbose_name = _("installation")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="installation_is_single"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def logo_url(self) -> str:
        return self.logo.url if self.logo else ""


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def about(self, subject: models.Model) -> Self:
        return self.filter(
            subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
        )


class AuditEvent(models.Model):
    """One change of state, or one read of a covert record. Only ever added to.

    Facts hold ids and states, never names or addresses: those live in staff, user and
    recipient fields, which may be blanked when their time is up.
    """

    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    job = models.CharField(max_length=120, blank=True)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    facts: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        default=dict, blank=True
    )

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id", "at"], name="audit_by_subject"
            ),
            models.Index(fields=["at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"


class PublicGeneration(models.Model):
    """Counts the changes to anything the public reads: one row, bumped by each.

    Pages kept in memory belong to one generation. `next_change_at` is the next moment
    at which pages change by themselves, such as the opening of a campaign.
    """

    number = models.PositiveBigIntegerField(default=0)
    next_change_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="publicgeneration_is_single"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class LanguageConfirmation(models.Model):
    """A named person says that the words of the interface may be spoken in a language.

    `confirmed_by_name` is who read them: often a translator without an account here.
    """

    language = models.CharField(max_length=8, unique=True, choices=settings.LANGUAGES)
    confirmed_by_name = models.CharField(_("confirmed by"), max_length=120)
    confirmed_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(confirmed_by_name=""),
                name="languageconfirmation_by_a_named_person",
            ),
        ]

    def __str__(self) -> str:
        return self.language
