from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.learning.blocks import route_choices
from campaigns.learning.enums import WorkRole
from campaigns.learning.rules.words import blocks_of, words_of
from campaigns.learning.validators import content_faults
from core.careful_forms import CarefulWordsForm
from core.careful_words import Passage

# What the buttons of the editor send when a module is to be learned from.
GOING_PUBLIC = ("action-publish", "action-submit", "action-restart-workflow")


class ModuleForm(CarefulWordsForm):
    """The form of a module. Drafts are saved freely; what is taught has to be sound."""

    roles = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=WorkRole.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Decides how signs are worded, and who needs it to begin with."),
    )
    support_routes = forms.MultipleChoiceField(
        label=_("Who to talk to"),
        choices=route_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Stand below the note before one begins, with their numbers."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "slug" in self.fields:
            # Its addresses are on printed sheets.
            self.fields["slug"].disabled = True
        if "change" in self.fields:
            # Said anew of each change: the answer of the one before is not this one's.
            self.initial["change"] = self._meta.model.change.field.default

    def is_asked(self) -> bool:
        if self.is_deferred_validation:
            return False
        approves = (
            self.data.get("action-workflow-action")
            and self.data.get("workflow-action-name") == "approve"
        )
        return bool(approves or any(self.data.get(name) for name in GOING_PUBLIC))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_asked() and not self.errors:
            for fault in content_faults(self._written().content()):
                self.add_error(None, fault)
        return cleaned

    def passages(self) -> Iterable[Passage]:
        for block in blocks_of(self._written().content()).values():
            for text in words_of(block).values():
                yield Passage(text, "en")

    def _written(self) -> Any:
        """Return the module as it would be saved, which it is not yet."""
        written = self._meta.model()
        for name, value in self.cleaned_data.items():
            if hasattr(written, name):
                setattr(written, name, value)
        return written
