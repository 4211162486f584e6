from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from campaigns.guidance.enums import Priority
from core.enums import TranslationState


class ConfirmForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For your colleagues. The public does not see it."),
    )


class PlanForm(forms.Form):
    due_on = forms.DateField(label=_("Approve by"), widget=AdminDateInput)
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices)


class LanguageFilterForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("All languages")), *settings.LANGUAGES[1:]],
        error_messages={"invalid_choice": _("Choose a language from the list.")},
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *TranslationState.choices],
        error_messages={"invalid_choice": _("Choose a state from the list.")},
    )


class ReaderForm(forms.Form):
    """Who has read the words; `words_hash` says which words these were."""

    name = forms.CharField(
        label=_("Who has read the words?"),
        max_length=120,
        help_text=_(
            "First and last name of a person who speaks the language well. They need "
            "no account here."
        ),
        error_messages={
            "required": _("Enter the name of the person who read the words."),
        },
    )
    words_hash = forms.CharField(required=False, widget=forms.HiddenInput)
