from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import STAFF_ROLES, Role
from core.models import Area, AreaQuerySet


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in Role if role in STAFF_ROLES],
    )
    areas = forms.ModelMultipleChoiceField(
        label=_("Areas"),
        queryset=Area.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, areas: AreaQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["areas"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = areas.order_by("name")
