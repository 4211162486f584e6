from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ModuleQuerySet(models.QuerySet["Module"]):
    def with_newest_version(self) -> Self:
        return self.annotate(
            newest_number=models.Max("versions__number"),
            newest_at=models.Max("versions__published_at"),
        )


class Module(models.Model):
    """Something to learn in five to ten minutes. Its words live in frozen versions."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField(default=10)
    pass_mark = models.PositiveSmallIntegerField(
        default=80, help_text=_("Share of questions answered right, in per cent")
    )

    objects = ModuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pass_mark__gte=1, pass_mark__lte=100),
                name="module_pass_mark_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ModuleVersionQuerySet(models.QuerySet["ModuleVersion"]):
    def newest_first(self) -> Self:
        return self.order_by("-number")

    def newest(self) -> Self:
        """Return the newest version of each module in each language."""
        later = ModuleVersion.objects.filter(
            module=models.OuterRef("module"),
            language=models.OuterRef("language"),
            number__gt=models.OuterRef("number"),
        )
        return self.filter(~models.Exists(later))

    def current(self, module: Module, language: str) -> "ModuleVersion | None":
        """Return the newest version in this language, or else in English."""
        versions = self.filter(module=module).newest_first()
        return (
            versions.filter(language=language).first()
            or versions.filter(language="en").first()
        )


class ModuleVersion(models.Model):
    """The words of a module as published in one language: frozen for good.

    `content` holds title, summary, support_note, lessons and questions in the shape of
    the files in `campaigns/learning/content` (see docs/modules.md).
    """

    module = models.ForeignKey(Module, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    is_material = models.BooleanField(
        default=True, help_text=_("The change alters what people must do")
    )
    published_at = models.DateTimeField()

    objects = ModuleVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["module", "number", "language"], name="moduleversion_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_id} v{self.number} {self.language}"
