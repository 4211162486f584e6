from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.careful_forms import CarefulWordsForm


class SignForm(CarefulWordsForm):
    is_same_meaning = forms.BooleanField(
        label=_("The English words still mean the same"),
        required=False,
        help_text=_(
            "Tick this for a spelling mistake or a clearer word. Without it, every "
            "place that uses the sign is flagged, and its translations are shown in "
            "English until someone has made them again."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "key" in self.fields:
            # Modules, pages and checklists name a sign by its key.
            self.fields["key"].disabled = True
