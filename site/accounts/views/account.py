from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    NameEmailSettingsPanel,
)

from accounts.models import User


class NameForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ("name",)


class NamePanel(BaseSettingsPanel):
    name = "name"
    title = _("Name")
    order = 100
    form_class = NameForm


class OwnAccountView(AccountView):
    """Wagtail's page of one's own settings; our people have one name, not two."""

    def get_panels(self) -> list[Any]:
        named = NamePanel(self.request, self.request.user, None)
        wagtails = super().get_panels()
        return [
            named,
            *(p for p in wagtails if not isinstance(p, NameEmailSettingsPanel)),
        ]
