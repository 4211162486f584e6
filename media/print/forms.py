from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.register.models import Premises, StaffMember


class PosterForm(forms.Form):
    place = forms.CharField(
        label=_("Where will it hang?"),
        help_text=_("The room in a word or two, for example “staff room”."),
        max_length=120,
    )


class SlipsForm(forms.Form):
    """People in post at the premises; nobody ticked means everybody."""

    staff = forms.ModelMultipleChoiceField(
        queryset=StaffMember.objects.none(),
        to_field_name="key",
        required=False,
        error_messages={
            "invalid_choice": _("Someone you chose is not in post here any more."),
            "invalid_pk_value": _("Someone you chose is not in post here any more."),
        },
    )

    def __init__(self, *args: Any, premises: Premises, today: date) -> None:
        super().__init__(*args)
        in_post = premises.spells.in_post(today).values("staff_member")
        self.in_post = StaffMember.objects.filter(pk__in=in_post)
        staff = self.fields["staff"]
        if isinstance(staff, forms.ModelMultipleChoiceField):
            staff.queryset = self.in_post

    def clean(self) -> None:
        super().clean()
        if not self.in_post.exists():
            raise forms.ValidationError(
                _("Nobody is in post here yet. Add people first.")
            )

    def chosen(self) -> list[StaffMember]:
        people = self.cleaned_data["staff"] or self.in_post
        return list(people.order_by("name", "pk"))
