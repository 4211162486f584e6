from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class PeopleFilter(forms.Form):
    IN_POST, LEFT = "", "left"

    q = forms.CharField(label=_("Name"), required=False)
    show = forms.ChoiceField(
        label=_("Show"),
        choices=[(IN_POST, _("People in post")), (LEFT, _("People who have left"))],
        required=False,
    )


class LedgerFilter(forms.Form):
    ALL, UNDELIVERED = "", "undelivered"

    show = forms.ChoiceField(
        label=_("Show"),
        choices=[(ALL, _("All messages")), (UNDELIVERED, _("What did not arrive"))],
        required=False,
    )

    @property
    def wants_undelivered(self) -> bool:
        return self.is_valid() and self.cleaned_data["show"] == self.UNDELIVERED


class WishesForm(forms.Form):
    is_wanted = forms.BooleanField(
        label=_("Send me the weekly summary on Mondays"),
        help_text=_("Next steps, alarms and messages about slips come all the same."),
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language of messages to me"), choices=settings.LANGUAGES
    )


class PremisesSearch(forms.Form):
    q = forms.CharField(label=_("Name, town or postcode"), required=False)
