from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchSynonymQuerySet(models.QuerySet["SearchSynonym"]):
    def heard_in(self, language: str) -> Self:
        """Return what readers of a language may type: many type English words too."""
        return self.filter(language__in={language, settings.LANGUAGE_CODE}).order_by(
            "pk"
        )

    def topics(self, language: str) -> Self:
        return self.filter(language=language, is_topic=True).order_by("pk")


class SearchSynonym(models.Model):
    """What people type, slang and slips of the finger included, and what it means."""

    language = models.CharField(
        _("language"),
        max_length=8,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    words = models.CharField(
        _("words people type"),
        max_length=300,
        help_text=_("With commas between: trap house, bando. Spell them as people do."),
    )
    means = models.CharField(
        _("search for these too"),
        max_length=300,
        blank=True,
        help_text=_("Words that our pages use, with commas between."),
    )
    leads_to = models.CharField(
        _("best page"),
        max_length=80,
        blank=True,
        help_text=_("The address of a page, such as young-people, or finder or join."),
    )
    is_topic = models.BooleanField(
        _("in the A to Z"),
        default=False,
        help_text=_("The first of the words stands there and leads to the best page."),
    )
    is_urgent = models.BooleanField(
        _("danger now"),
        default=False,
        help_text=_("Shows how to call 999 without speaking, before all results."),
    )

    objects = SearchSynonymQuerySet.as_manager()

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "words"],
                name="searchsynonym_once_per_language",
                violation_error_message=_("These words are in the list already."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_topic=False) | ~models.Q(leads_to=""),
                name="searchsynonym_topic_leads_somewhere",
                violation_error_message=_("Words in the A to Z need their best page."),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def phrases(self) -> list[str]:
        return _parts(self.words)

    @property
    def meanings(self) -> list[str]:
        return _parts(self.means)


def _parts(text: str) -> list[str]:
    parts: Iterable[str] = (part.strip() for part in text.split(","))
    return [part for part in parts if part]
