from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from campaigns.signs.enums import Audience, Harm, SignStatus


class SignQuerySet(models.QuerySet["Sign"]):
    def with_english_text(self) -> Self:
        """Add the first English wording, for lists."""
        english = SignWording.objects.filter(sign=models.OuterRef("pk"), language="en")
        first = english.order_by("pk").values("text")[:1]
        return self.annotate(english_text=models.Subquery(first))


class Sign(ClusterableModel):
    """One observable behaviour, written once and used on pages, posters and modules."""

    key = models.SlugField(max_length=80, unique=True)
    harm = models.CharField(max_length=10, choices=Harm, default=Harm.ANY)
    position = models.PositiveSmallIntegerField(default=100)
    source = models.CharField(max_length=200, blank=True)
    status = models.CharField(
        max_length=10, choices=SignStatus, default=SignStatus.DRAFT
    )

    objects = SignQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign")
        verbose_name_plural = _("signs")

    def __str__(self) -> str:
        return self.key


class SignWordingQuerySet(models.QuerySet["SignWording"]):
    def public(self) -> Self:
        return self.filter(sign__status=SignStatus.VERIFIED)

    def for_audiences(self, audiences: list[str], language: str) -> Self:
        """Return wordings in this language and in English, as the signs are ordered."""
        return (
            self.filter(audience__in=audiences, language__in={language, "en"})
            .select_related("sign")
            .order_by("sign__position", "sign__pk")
        )


class SignWording(models.Model):
    sign = ParentalKey(Sign, on_delete=models.CASCADE, related_name="wordings")
    audience = models.CharField(max_length=20, choices=Audience)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    text = models.CharField(max_length=300)
    source_hash = models.CharField(max_length=64, blank=True)
    confirmed_by = models.CharField(max_length=120, blank=True)

    objects = SignWordingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sign", "audience", "language"], name="signwording_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text
