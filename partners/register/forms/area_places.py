"""What officers tell about the businesses of their areas and the lists of them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.models import Area, AreaQuerySet
from partners.register.enums import BusinessType, LoadOrigin, NotCounted
from partners.register.models import PlaceLoadRow, Premises, PremisesQuerySet
from partners.register.opendata import MAX_BYTES, too_large

ANOTHER_PLACE = "0"


class AuthoritySearch(forms.Form):
    q = forms.CharField(
        label=_("Name of the authority"), max_length=100, required=False
    )


class SourceForm(forms.Form):
    area = forms.ModelChoiceField(
        label=_("Area"),
        queryset=Area.objects.none(),
        help_text=_("The businesses of the list count for this area."),
    )
    authority_name = forms.CharField(
        label=_("Name of the authority"),
        max_length=120,
        error_messages={"required": _("Write the name of the authority.")},
    )
    authority_code = forms.RegexField(
        label=_("Code of the authority"),
        regex=r"\A[0-9A-Za-z]{1,10}\Z",
        help_text=_("It stands in the name of its file: 123 in FHRS123en-GB.xml."),
        error_messages={
            "invalid": _("A code has digits and letters only, like 123."),
            "required": _("Write the code of the authority."),
        },
    )
    authority_number = forms.IntegerField(
        min_value=1, max_value=1_000_000, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, areas: AreaQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area_field = self.fields["area"]
        if isinstance(area_field, forms.ModelChoiceField):
            area_field.queryset = areas.order_by("name", "pk")


class LoadForm(forms.Form):
    origin = forms.ChoiceField(
        label=_("Where from"),
        choices=LoadOrigin,
        initial=LoadOrigin.SERVICE,
        widget=forms.RadioSelect,
    )
    list_file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("The XML or JSON file of the authority, up to 25 MB."),
        widget=forms.FileInput(attrs={"accept": ".xml,.json"}),
        error_messages={"empty": _("This file is empty.")},
    )
    business_types = forms.TypedMultipleChoiceField(
        label=_("Kinds of business"),
        choices=BusinessType,
        coerce=int,
        initial=[BusinessType.LODGING],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what you tick is read, counted and found missing."),
        error_messages={"required": _("Choose at least one kind of business.")},
    )

    def clean_list_file(self) -> "UploadedFile[Any] | None":
        upload: UploadedFile[Any] | None = self.cleaned_data["list_file"]
        # Looked at before the file is read into memory.
        if upload is not None and (upload.size or 0) > MAX_BYTES:
            raise ValidationError(too_large())
        return upload

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (
            cleaned.get("origin") == LoadOrigin.FILE
            and not cleaned.get("list_file")
            and "list_file" not in self.errors
        ):
            self.add_error("list_file", _("Choose a file first."))
        return cleaned


class AnswersForm(forms.Form):
    """For each business that may be premises we know: which, or another place."""

    def __init__(
        self,
        *args: Any,
        rows: list[PlaceLoadRow],
        premises: dict[int, Premises],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[_name(row)] = forms.ChoiceField(
                label=row.name,
                choices=[
                    *(
                        (str(pk), f"{premises[pk].name}, {premises[pk].address}")
                        for pk in row.candidates
                        if pk in premises
                    ),
                    (ANOTHER_PLACE, _("Another place")),
                ],
                initial=str(row.chosen_id or ANOTHER_PLACE),
                widget=forms.RadioSelect,
            )

    @cached_property
    def lines(self) -> list[tuple[PlaceLoadRow, forms.BoundField]]:
        return [(row, self[_name(row)]) for row in self.rows]

    @property
    def choices(self) -> dict[int, int | None]:
        """Return the answers, by row: the id of premises, or none of them."""
        return {row.pk: int(self.cleaned_data[_name(row)]) or None for row in self.rows}


def _name(row: PlaceLoadRow) -> str:
    return f"row_{row.pk}"


class LeaveOutForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why is it not counted?"),
        choices=NotCounted,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it is not counted.")},
    )


class LinkForm(forms.Form):
    premises = forms.ModelChoiceField(
        label=_("Premises"),
        queryset=Premises.objects.none(),
        to_field_name="key",
        error_messages={
            "required": _("Choose the premises it is."),
            "invalid_choice": _("Choose premises of your areas."),
        },
    )

    def __init__(self, *args: Any, premises: PremisesQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["premises"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = premises
