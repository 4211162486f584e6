"""Who looks after what: the forms of managers and officers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partners.register.enums import Reach
from partners.register.models import Premises
from partners.register.services import Whole, user_can_manage_whole


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address at work"),
        help_text=_("They sign in with it. We send them a link to choose a password."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class InviteManagerForm(PersonForm):
    """Asks for the reach only of somebody who can give more than one."""

    reach = forms.ChoiceField(
        label=_("What do they look after?"),
        widget=forms.RadioSelect,
        initial=Reach.PREMISES,
    )

    def __init__(
        self, *args: Any, premises: Premises, actor: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.wholes = wholes_to_give(premises, actor)
        field = self.fields["reach"]
        if len(self.wholes) == 1:
            del self.fields["reach"]
        elif isinstance(field, forms.ChoiceField):
            field.choices = [
                (reach.value, _line(reach, whole))
                for reach, whole in self.wholes.items()
            ]

    @property
    def whole(self) -> Whole:
        return self.wholes[Reach(self.cleaned_data.get("reach", Reach.PREMISES))]


def wholes_to_give(premises: Premises, actor: User) -> dict[Reach, Whole]:
    """Return what a person may put others in charge of, from one premises on."""
    wholes: dict[Reach, Whole] = {Reach.PREMISES: premises}
    if premises.region and user_can_manage_whole(actor, premises.region):
        wholes[Reach.REGION] = premises.region
    if user_can_manage_whole(actor, premises.organisation):
        wholes[Reach.ORGANISATION] = premises.organisation
    return wholes


def _line(reach: Reach, whole: Whole) -> str:
    lines = {
        Reach.PREMISES: _("Only %(name)s"),
        Reach.REGION: _("All premises of the region %(name)s"),
        Reach.ORGANISATION: _("All premises of %(name)s"),
    }
    return lines[reach] % {"name": whole.name}
