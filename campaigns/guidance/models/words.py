from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PageWordsQuerySet(models.QuerySet["PageWords"]):
    def confirmed(self) -> Self:
        return self.exclude(confirmed_by_name="")


class PageWords(models.Model):
    """How the words of a page stand: one row for an English page, one a translation.

    `fingerprints` holds, for each part of the page, the hash of the English words: as
    published last, or those a translation was made from. `same_meaning` is kept by the
    English page: earlier hashes that an editor says mean what is published now.
    """

    page = models.OneToOneField(Page, models.CASCADE, related_name="page_words")
    fingerprints: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(
        default=dict
    )
    same_meaning: "models.JSONField[dict[str, list[str]], dict[str, list[str]]]" = (
        models.JSONField(default=dict)
    )
    # The hash of the page's own words: a confirmation is of these and no others.
    words_hash = models.CharField(max_length=64, blank=True)
    confirmed_by_name = models.CharField(
        _("confirmed by"), max_length=120, blank=True, default=""
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmation_entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = PageWordsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by_name="", confirmed_at__isnull=True)
                | (
                    ~models.Q(confirmed_by_name="")
                    & models.Q(
                        confirmed_at__isnull=False,
                        confirmation_entered_by__isnull=False,
                    )
                ),
                name="pagewords_confirmed_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"Words of page {self.page_id}"
