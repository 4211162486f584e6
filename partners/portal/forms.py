from django import forms
from django.utils.translation import gettext_lazy as _


class PeopleFilter(forms.Form):
    IN_POST, LEFT = "", "left"

    q = forms.CharField(label=_("Name"), required=False)
    show = forms.ChoiceField(
        label=_("Show"),
        choices=[(IN_POST, _("People in post")), (LEFT, _("People who have left"))],
        required=False,
    )
