from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from campaigns.signs.admin_forms import SignForm
from campaigns.signs.enums import Audience, FlagReason, Harm, SignStatus
from core.enums import TranslationState, UseKind
from core.wording import fingerprint, state_of


class SignQuerySet(models.QuerySet["Sign"]):
    def with_english_text(self) -> Self:
        """Add the first English wording, for lists."""
        english = SignWording.objects.filter(sign=models.OuterRef("pk"), language="en")
        first = english.order_by("pk").values("text")[:1]
        return self.annotate(english_text=models.Subquery(first))

    def with_open_flags(self) -> Self:
        """Add how many uses wait to be looked at again."""
        is_open = models.Q(flags__cleared_at__isnull=True)
        return self.annotate(open_flags=models.Count("flags", filter=is_open))


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
    base_form_class = SignForm

    class Meta:
        verbose_name = _("sign")
        verbose_name_plural = _("signs")

    def __str__(self) -> str:
        return self.key

    @property
    def is_shown(self) -> bool:
        return self.status == SignStatus.VERIFIED


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
    """The words of a sign for one audience in one language.

    A translation keeps the hash of the English words it was made from; the English
    row keeps the hashes of its earlier words that mean the same.
    """

    sign = ParentalKey(Sign, on_delete=models.CASCADE, related_name="wordings")
    audience = models.CharField(max_length=20, choices=Audience)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    text = models.CharField(max_length=300)
    source_hash = models.CharField(max_length=64, blank=True)
    same_meaning: "models.JSONField[list[str], list[str]]" = models.JSONField(
        default=list, blank=True, editable=False
    )
    confirmed_by = models.CharField(
        max_length=120,
        blank=True,
        help_text=_(
            "Who says that the translation says what the English says. Empties itself "
            "when the words change."
        ),
    )

    objects = SignWordingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sign", "audience", "language"],
                name="signwording_once",
                violation_error_message=_(
                    "A sign has one wording for each audience and language."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def hash(self) -> str:
        return fingerprint(self.text)

    def state_against(self, english: "SignWording | None") -> TranslationState:
        """Say how far these words have fallen behind the English ones."""
        if english is None:
            return TranslationState.MISSING
        return state_of(
            source_hash=self.source_hash,
            current_hash=english.hash,
            same_meaning=english.same_meaning,
        )


# From best to worst: a language is as good as its worst wording.
STATES = (
    TranslationState.CURRENT,
    TranslationState.COSMETIC,
    TranslationState.MATERIAL,
    TranslationState.MISSING,
)


def language_states(wordings: Iterable[SignWording]) -> dict[str, TranslationState]:
    """Return the state of each language but English, over the words of one sign."""
    rows = {(row.audience, row.language): row for row in wordings}
    english = [row for (_, language), row in rows.items() if language == "en"]
    states: dict[str, TranslationState] = {}
    for language, _name in settings.LANGUAGES[1:]:
        found = [
            row.state_against(source) if row else TranslationState.MISSING
            for source in english
            for row in [rows.get((source.audience, language))]
        ]
        states[language] = max(found, key=STATES.index, default=STATES[-1])
    return states


class UseFlagQuerySet(models.QuerySet["UseFlag"]):
    def open(self) -> Self:
        return self.filter(cleared_at__isnull=True)


class UseFlag(models.Model):
    """A place that uses a sign which has changed since: someone must look again."""

    sign = models.ForeignKey(Sign, models.PROTECT, related_name="flags")
    kind = models.CharField(_("kind"), max_length=10, choices=UseKind)
    reference = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=10, choices=FlagReason)
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    note = models.CharField(max_length=300, blank=True)

    objects = UseFlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("place to look at again")
        verbose_name_plural = _("places to look at again")
        constraints = [
            models.UniqueConstraint(
                fields=["sign", "kind", "reference"],
                condition=models.Q(cleared_at__isnull=True),
                name="useflag_one_open_per_use",
            ),
            models.CheckConstraint(
                condition=models.Q(cleared_at__isnull=True, cleared_by__isnull=True)
                | models.Q(cleared_at__isnull=False, cleared_by__isnull=False),
                name="useflag_cleared_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.title
