"""What every form of words in the admin shares: the guard is asked, a note keeps words.

The panel shows what the guard finds while one types (site/static/js/language-guard.js).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel

from core.careful_words import UNREAD, CarefulWord, Passage, current

NOTE = "keep_note"
LINE = mark_safe("<br>")


def careful_words_panel() -> MultiFieldPanel:
    """Return a new panel with what the guard finds, and the note that keeps words."""
    return MultiFieldPanel(
        [
            HelpPanel(template="wagtailadmin/careful_words.html"),
            FieldPanel(NOTE),
        ],
        heading=_("Words that need care"),
        icon="warning",
    )


class CarefulWordsForm(WagtailAdminModelForm):
    """Refuses words that need care until they are changed or a note says why not."""

    keep_note = forms.CharField(
        label=_("Why these words stay"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Fill this in only when you keep words that need care. "
            "Your note and your name are kept."
        ),
    )
    kept_words: list[CarefulWord] = []

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.is_asked():
            self._weigh(cleaned.get(NOTE, "").strip())
        return cleaned

    def save(self, commit: bool = True) -> Model:  # noqa: FBT001, FBT002 -- Django's
        saved: Model = super().save(commit=commit)
        if self.kept_words:
            saved.words_to_keep = (self.kept_words, self.cleaned_data[NOTE])  # type: ignore[attr-defined] # read by keep_words
            if saved.pk is not None:
                keep_words(saved, by=self.for_user)
        return saved

    def is_asked(self) -> bool:
        """Say whether the words are about to be read by the public."""
        return True

    def passages(self) -> Iterable[Passage]:
        """Return the texts of the form and of the rows inside it."""
        yield from _passages_of(self)
        for formset in self.formsets.values():
            if formset.is_valid():
                for row in formset.forms:
                    if row not in formset.deleted_forms:
                        yield from _passages_of(row)

    def _weigh(self, note: str) -> None:
        words = current().undecided(self.passages(), subject=self.instance)
        if words and not note:
            # One error, for Wagtail would run several together in one paragraph.
            told = format_html_join(LINE, "{}", ((word,) for word in words))
            self.add_error(NOTE, ValidationError(told))
        self.kept_words = words if note else []


def keep_words(subject: Model, *, by: Model) -> None:
    """Write down what a form kept, once its subject has a number of its own."""
    words, note = vars(subject).pop("words_to_keep", ([], ""))
    if words:
        current().keep(words, subject=subject, note=note, by=by, now=timezone.now())


def _passages_of(form: Any) -> Iterator[Passage]:
    language = form.cleaned_data.get("language") or "en"
    for name, value in form.cleaned_data.items():
        is_text = isinstance(form.fields.get(name), forms.CharField)
        if is_text and isinstance(value, str) and name not in UNREAD:
            yield Passage(value, language)
