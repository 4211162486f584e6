from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.followups.enums import TaskState
from partners.followups.validators import Evidence, read_evidence


class EvidenceField(forms.FileField):
    """Gives the checked file, read once, or nothing."""

    def clean(self, data: Any, initial: Any = None) -> Evidence | None:
        upload = super().clean(data, initial)
        return read_evidence(upload) if upload else None


class DoneForm(forms.Form):
    note = forms.CharField(
        label=_("What was done?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The day, what you did and how many people were there. No names."),
        error_messages={
            "required": _(
                "Write what was done. A task closed without evidence cannot be checked."
            )
        },
    )
    evidence = EvidenceField(
        label=_("A file, if it helps"),
        required=False,
        allow_empty_file=True,  # our own sentence says more than Django's
        help_text=_("PDF, PNG or JPEG, up to 5 MB. Pictures without people, please."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("Your question"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The managers read it word for word."),
        error_messages={"required": _("Write the question that is still open.")},
    )


class TaskFilterForm(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), *TaskState.choices],
        required=False,
    )
    overdue = forms.BooleanField(label=_("Overdue only"), required=False)

    @property
    def query(self) -> str:
        """Return the filter as the beginning of an address, for the pages after."""
        wanted = self.cleaned_data if self.is_valid() else {}
        overdue = "overdue=on&" if wanted.get("overdue") else ""
        return f"state={wanted.get('state', '')}&{overdue}"
