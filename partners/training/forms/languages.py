from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.languages import language_choices


class LanguageForm(forms.Form):
    """One of the languages that are spoken, and the page to go on with."""

    language = forms.ChoiceField(label=_("Languages"))
    next = forms.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = [
                (choice["code"], choice["name"]) for choice in language_choices()
            ]
