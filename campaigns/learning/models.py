from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from campaigns.learning.admin_forms import ModuleForm
from campaigns.learning.blocks import LessonsBlock, QuestionsBlock, frozen_blocks
from campaigns.learning.enums import Change
from campaigns.learning.rules.shape import SHAPE, Content, upgraded
from campaigns.learning.rules.words import (
    Fingerprints,
    Words,
    blocks_of,
    fingerprints_of,
    words_of,
)
from campaigns.learning.validators import content_faults
from core import careful_words
from core.careful_words import Passage
from core.enums import TranslationState
from core.wording import state_of

ENGLISH_FIRST = models.Case(
    models.When(language=settings.LANGUAGE_CODE, then=0), default=1
)


class ModuleQuerySet(models.QuerySet["Module"]):
    def taught(self) -> Self:
        """Return those that were published: one can learn from them."""
        versions = ModuleVersion.objects.filter(module=models.OuterRef("pk"))
        return self.filter(models.Exists(versions))

    def with_newest_version(self) -> Self:
        return self.annotate(
            newest_number=models.Max("versions__number"),
            newest_at=models.Max("versions__published_at"),
        )


class Module(
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    models.Model,
):
    """Something to learn in five to ten minutes, as its editors write it.

    Nobody learns from this row. Publishing it freezes a `ModuleVersion` in each
    language, and those are learned, asked and printed.
    """

    slug = models.SlugField(
        _("short name"), unique=True, help_text=_("Its place in addresses, for good.")
    )
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("One sentence: what one can do after it.")
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    roles: "models.JSONField[list[str], list[str]]" = models.JSONField(
        _("for whom"), default=list, blank=True
    )
    support_note = models.TextField(
        _("before one begins"),
        blank=True,
        help_text=_("What hard things it speaks of, that one may stop, and who helps."),
    )
    support_routes: "models.JSONField[list[str], list[str]]" = models.JSONField(
        _("who to talk to"), default=list, blank=True
    )
    skip_note = models.TextField(
        _("in place of a lesson that is skipped"),
        blank=True,
        help_text=_(
            "Only what everybody must know, without the hard parts, and that the "
            "manager or an adviser can talk it through. Used where a lesson has no "
            "words of its own for this."
        ),
    )
    lessons = StreamField(LessonsBlock(), verbose_name=_("lessons"), blank=True)
    questions = StreamField(QuestionsBlock(), verbose_name=_("questions"), blank=True)
    ask = models.PositiveSmallIntegerField(
        _("questions to ask"),
        default=0,
        help_text=_(
            "So many are drawn for each attempt, in another order. "
            "0: all of them, as they stand here."
        ),
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark"),
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Share of questions answered right, in per cent"),
    )
    change = models.CharField(
        _("what has changed"), max_length=10, choices=Change, default=Change.MATERIAL
    )

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="module")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="module",
        for_concrete_model=False,
    )

    objects = ModuleQuerySet.as_manager()
    base_form_class = ModuleForm

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

    @property
    def revisions(self) -> Any:
        return self._revisions

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("lessons", _("Lessons")), ("questions", _("Questions and answers"))]

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return f"learning/preview_{mode_name or 'lessons'}.html"

    def refusals(self, today: date) -> list[Any]:
        """Return what the form would refuse when the module is to be published."""
        content = self.content()
        passages = [
            Passage(text, settings.LANGUAGE_CODE)
            for block in blocks_of(content).values()
            for text in words_of(block).values()
        ]
        guard = careful_words.current()
        return [*content_faults(content), *guard.undecided(passages, subject=self)]

    @property
    def has_words(self) -> bool:
        """Say whether editors have it: one from before they could has versions only."""
        return bool(self.lessons)

    def content(self) -> Content:
        """Return what a version would keep of it now, in English."""
        return {
            "shape": SHAPE,
            "language": settings.LANGUAGE_CODE,
            "title": self.title,
            "summary": self.summary,
            "minutes": self.minutes,
            "roles": self.roles,
            "support_note": self.support_note,
            "support_routes": self.support_routes,
            "skip_note": self.skip_note,
            "ask": self.ask,
            "pass_mark": self.pass_mark,
            "lessons": frozen_blocks(self.lessons),
            "questions": frozen_blocks(self.questions),
        }


class ModuleVersionQuerySet(models.QuerySet["ModuleVersion"]):
    def newest_first(self) -> Self:
        """Order by number; of one number English comes first."""
        return self.order_by("-number", ENGLISH_FIRST, "language")

    def in_english(self) -> Self:
        return self.filter(language=settings.LANGUAGE_CODE)

    def newest(self) -> Self:
        """Return the newest number of each module, in each of its languages."""
        later = ModuleVersion.objects.filter(
            module=models.OuterRef("module"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(later))

    def current(self, module: Module, language: str) -> "ModuleVersion | None":
        """Return the newest number, in this language or else in English."""
        return (
            self.filter(module=module, language__in={language, settings.LANGUAGE_CODE})
            .order_by("-number", ENGLISH_FIRST.desc())
            .first()
        )

    def same_in(self, version: "ModuleVersion", language: str) -> "ModuleVersion":
        """Return the same number in another language, or in English, or itself.

        Its questions and answers have the same ids, so whoever is in the middle of it
        may change the language and goes on where they were.
        """
        if version.language == language:
            return version
        wanted = {language, settings.LANGUAGE_CODE}
        same = self.filter(
            module=version.module_id, number=version.number, language__in=wanted
        )
        return same.order_by(ENGLISH_FIRST.desc()).first() or version


class ModuleVersion(models.Model):
    """The words of a module as published, in one language: frozen for good.

    One number is the same lessons, questions and answers in every language. `content`
    is in the shape of its day: read `words`, which is in today's (docs/modules.md).
    `fingerprints` and `changed` are those of the English words.
    """

    module = models.ForeignKey(Module, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    content: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    is_material = models.BooleanField(
        default=True, help_text=_("The change alters what people must do")
    )
    requires_delta = models.BooleanField(
        default=False,
        help_text=_("Whoever holds an earlier version has to learn what has changed"),
    )
    changed: "models.JSONField[list[str], list[str]]" = models.JSONField(
        default=list, help_text=_("Lessons and questions that changed what they say")
    )
    fingerprints: "models.JSONField[Fingerprints, Fingerprints]" = models.JSONField(
        default=dict
    )
    published_at = models.DateTimeField()

    objects = ModuleVersionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["module", "number", "language"], name="moduleversion_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_id} v{self.number} {self.language}"

    @property
    def prints(self) -> Fingerprints:
        """Return its fingerprints, also where they were not kept yet."""
        if self.fingerprints:
            return self.fingerprints
        return fingerprints_of(self.words, before={}, is_same_meaning=False)

    @cached_property
    def words(self) -> Content:
        """Return the content in today's shape."""
        return upgraded(self.content)


class ModuleWording(models.Model):
    """The words of one block of a module in another language.

    `part` is `opening` or the id of a lesson or question, `words` maps the place of
    each text in it to its translation. They are made from the English words of a
    version, whose hash they keep, and are a draft until a named person confirms them.
    """

    module = models.ForeignKey(Module, models.CASCADE, related_name="wordings")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    part = models.CharField(max_length=80)
    words: "models.JSONField[Words, Words]" = models.JSONField(default=dict)
    source_hash = models.CharField(max_length=64)
    confirmed_by = models.CharField(max_length=120, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("translation of a module")
        verbose_name_plural = _("translations of modules")
        constraints = [
            models.UniqueConstraint(
                fields=["module", "language", "part"], name="modulewording_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(language=settings.LANGUAGE_CODE),
                name="modulewording_is_a_translation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_id} {self.part} {self.language}"

    def state_against(self, fingerprints: Fingerprints) -> TranslationState:
        """Say how far these words have fallen behind those of a version."""
        current = fingerprints.get(self.part)
        if not current:
            return TranslationState.MISSING
        return state_of(
            source_hash=self.source_hash,
            current_hash=current[0],
            same_meaning=current[1:],
        )
