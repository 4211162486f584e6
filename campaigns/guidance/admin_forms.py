from collections.abc import Iterable

from django.conf import settings
from wagtail.admin.forms import WagtailAdminPageForm

from campaigns.guidance.rules.texts import UNREAD, texts_of
from core.careful_forms import CarefulWordsForm
from core.careful_words import Passage

# What the buttons of the editor send when a page is to be read by the public, at once,
# at a time that was set, or after a review.
GOING_PUBLIC = ("action-publish", "action-submit", "action-restart-workflow")


class PublicPageForm(CarefulWordsForm, WagtailAdminPageForm):
    """The form of every public page. Drafts are saved freely."""

    def is_asked(self) -> bool:
        return self.is_going_public()

    def is_going_public(self) -> bool:
        if self.is_deferred_validation:
            return False
        approves = (
            self.data.get("action-workflow-action")
            and self.data.get("workflow-action-name") == "approve"
        )
        return bool(approves or any(self.data.get(name) for name in GOING_PUBLIC))

    def passages(self) -> Iterable[Passage]:
        locale = self.instance.locale if self.instance.locale_id else None
        language = locale.language_code if locale else settings.LANGUAGE_CODE
        for name, value in self.cleaned_data.items():
            if name not in UNREAD:
                for text in texts_of(value):
                    yield Passage(text, language)
