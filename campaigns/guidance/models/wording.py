from collections import defaultdict
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.guidance.rules.wording import Guarded, Matcher


class GuardedPhraseQuerySet(models.QuerySet["GuardedPhrase"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def matchers(self) -> dict[str, Matcher]:
        """Return what looks for the phrases in use, by language; one query."""
        by_language: dict[str, list[Guarded]] = defaultdict(list)
        for phrase in self.active().order_by("pk"):
            by_language[phrase.language].append(phrase.guarded)
        return {code: Matcher(phrases) for code, phrases in by_language.items()}


class GuardedPhrase(models.Model):
    """Words that may do harm, why, and what to write instead."""

    key = models.SlugField(
        max_length=120,
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text=_("Of a phrase that was delivered with the product"),
    )
    language = models.CharField(
        _("language"),
        max_length=8,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    avoid = models.TextField(
        _("words that need care"),
        help_text=_(
            "One form on each line. Plural, -s, -ed, -ing and hyphens are found "
            "without a line of their own."
        ),
    )
    instead = models.CharField(_("write instead"), max_length=300)
    reason = models.CharField(_("why"), max_length=300)
    source = models.CharField(_("source"), max_length=120, blank=True)
    is_active = models.BooleanField(_("looked for"), default=True)

    objects = GuardedPhraseQuerySet.as_manager()

    class Meta:
        verbose_name = _("phrase that needs care")
        verbose_name_plural = _("words that need care")

    def __str__(self) -> str:
        return self.forms[0] if self.forms else ""

    @property
    def forms(self) -> list[str]:
        lines = (line.strip() for line in self.avoid.splitlines())
        return [line for line in lines if line]

    @property
    def guarded(self) -> Guarded:
        return Guarded(self.pk, tuple(self.forms), self.instead, self.reason)


class GuardDismissalQuerySet(models.QuerySet["GuardDismissal"]):
    def kept_in(self, subject: models.Model) -> set[tuple[int, str]]:
        """Return the phrases kept on purpose, each with its passage."""
        if subject.pk is None:
            return set()
        kept = self.filter(
            subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
        )
        return set(kept.values_list("phrase_id", "passage"))


class GuardDismissal(models.Model):
    """Somebody kept a phrase that needs care, and said why. Only ever added to.

    The subject is a page, a sign, a route or a campaign, named as the audit trail does;
    the passage is the fingerprint of the block it stands in, never the words.
    """

    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    phrase = models.ForeignKey(GuardedPhrase, models.PROTECT, related_name="dismissals")
    passage = models.CharField(max_length=64)
    note = models.CharField(_("why these words stay"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = GuardDismissalQuerySet.as_manager()

    class Meta:
        verbose_name = _("words kept on purpose")
        verbose_name_plural = _("words kept on purpose")
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id"], name="guarddismissal_by_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phrase_id} {self.subject_type} {self.subject_id}"
