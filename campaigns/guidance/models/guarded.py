from datetime import date
from typing import Any

from django.utils.translation import gettext
from wagtail.fields import StreamField

from campaigns.guidance.rules.permitted import media_faults
from campaigns.guidance.rules.reading import (
    is_too_hard,
    joined,
    reading_age,
    target_age,
)
from campaigns.guidance.rules.reviews import MONTHS
from campaigns.guidance.rules.texts import texts_of
from core import careful_words
from core.careful_words import UNREAD, Passage

READ_FIELDS = frozenset({"title", "heading", "lead", "content_note"})


class GuardedPage:
    """What a public page tells of its own words: is it fit to be read, and by whom."""

    months_between_reviews = MONTHS
    is_reviewed_again = True

    def texts(self: Any) -> list[str]:
        """Return every text of the page that the public reads."""
        return [
            text
            for field in self._meta.get_fields()
            if field.name in READ_FIELDS or isinstance(field, StreamField)
            if field.name not in UNREAD
            for text in texts_of(getattr(self, field.name))
        ]

    def passages(self: Any) -> list[Passage]:
        """Return every text of the page, with its language, for the guard."""
        language = self.locale.language_code
        return [Passage(text, language) for text in self.texts()]

    def refusals(self: Any, today: date) -> list[Any]:
        """Return what the form would refuse when the page is to be published."""
        guard = careful_words.current()
        return [
            *media_faults(self.body, today),
            *guard.undecided(self.passages(), subject=self),
        ]

    @property
    def reading_age(self) -> float | None:
        return reading_age(joined(self.texts()))

    @property
    def target_age(self: Any) -> int:
        return target_age(self.readers)

    @property
    def reading_verdict(self: Any) -> str:
        """Return whether the page reads as easily as it should, in a word or two."""
        age = self.reading_age
        if age is None:
            return gettext("Too few words to tell")
        return gettext("Too hard") if is_too_hard(age, self.readers) else gettext("Yes")
