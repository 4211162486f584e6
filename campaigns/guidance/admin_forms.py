from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from campaigns.guidance.rules.permitted import media_faults
from campaigns.guidance.rules.texts import texts_of
from campaigns.signs.enums import Audience
from core.careful_forms import CarefulWordsForm
from core.careful_words import UNREAD, Passage

# What the buttons of the editor send when a page is to be read by the public, at once,
# at a time that was set, or after a review.
GOING_PUBLIC = ("action-publish", "action-submit", "action-restart-workflow")


class PublicPageForm(CarefulWordsForm, WagtailAdminPageForm):
    """The form of every public page. Drafts are saved freely."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "keeps_meaning" in self.fields:
            # Said anew of each change: the tick of the one before is not this one's.
            self.initial["keeps_meaning"] = False

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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_going_public():
            for fault in media_faults(cleaned.get("body") or (), self.first_day()):
                self.add_error("body", fault)
        return cleaned

    def first_day(self) -> date:
        """Return the day from which the public reads the page: today, or as set."""
        today = timezone.localdate()
        go_live_at = self.cleaned_data.get("go_live_at")
        return max(today, timezone.localdate(go_live_at)) if go_live_at else today

    def passages(self) -> Iterable[Passage]:
        locale = self.instance.locale if self.instance.locale_id else None
        language = locale.language_code if locale else settings.LANGUAGE_CODE
        for name, value in self.cleaned_data.items():
            if name not in UNREAD:
                for text in texts_of(value):
                    yield Passage(text, language)


class CampaignForm(CarefulWordsForm):
    audiences = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=Audience.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Choose from the audiences that are listed.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance.pk is None
        chosen = [] if is_new else self.instance.routes.values_list("pk", flat=True)
        routes = self.fields["routes"]
        routes.queryset = routes.queryset.choices_for(self.for_user, *chosen)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self._validate_ending(cleaned)
        return cleaned

    def _validate_ending(self, cleaned: dict[str, Any]) -> None:
        """Nothing can have come of a campaign that is still to come or running."""
        closes_at = cleaned.get("closes_at")
        if cleaned.get("what_came_of_it") and closes_at and closes_at > timezone.now():
            self.add_error(
                "what_came_of_it",
                _("Write this once the campaign is over: it has not closed yet."),
            )
