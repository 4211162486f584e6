from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.register.models import Spell
from partners.training.forms.signing_in import TYPED_FROM_PAPER, SignInForm
from partners.training.models import Attendance


class SessionCodeForm(forms.Form):
    """The code of a session, by somebody who is signed in."""

    code = forms.CharField(
        label=_("Code of the session"),
        help_text=_("Six letters and digits. It stands on the sheet in the room."),
        max_length=20,
        widget=forms.TextInput({**TYPED_FROM_PAPER, "autocapitalize": "characters"}),
        error_messages={"required": _("Enter the code from the sheet in the room.")},
    )


class SessionSignInForm(SessionCodeForm, SignInForm):
    """The same with a slip, by somebody who is not."""

    field_order = ("code", "staff_code", "personal_code", "pin")


class PeopleForm(forms.Form):
    """One box for each person of a workplace; only boxes that were changed count.

    `was` says which were ticked when the page was drawn: who signs in by the code
    meanwhile is not taken back by a form that did not know.
    """

    here = forms.MultipleChoiceField(required=False)
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Why was the list wrong?"),
        help_text=_("In a few words, and without names"),
        max_length=300,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        people: dict[int, Spell],
        present: dict[int, Attendance],
        is_closed: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.present, self.is_closed = people, present, is_closed
        here = self.fields["here"]
        if isinstance(here, forms.MultipleChoiceField):
            here.choices = [(str(key), str(key)) for key in people]
        self.initial["was"] = " ".join(map(str, present))
        if not is_closed:
            del self.fields["note"]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return a line for each person: the box, as whom, and how known."""
        ticked = (
            set(self.data.getlist("here"))  # type: ignore[attr-defined] # bound: a QueryDict
            if self.is_bound
            else {str(key) for key in self.present}
        )
        return [
            {
                "key": key,
                "spell": spell,
                "is_ticked": str(key) in ticked,
                "attendance": self.present.get(key),
            }
            for key, spell in self.people.items()
        ]

    @property
    def came(self) -> set[int]:
        return self._chosen - self._known

    @property
    def not_there(self) -> set[int]:
        return self._known - self._chosen

    @property
    def _chosen(self) -> set[int]:
        return {int(key) for key in self.cleaned_data["here"]}

    @property
    def _known(self) -> set[int]:
        listed = self.cleaned_data["was"].split()
        return {int(key) for key in listed if key.isdecimal()} & self.people.keys()
