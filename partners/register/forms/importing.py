"""The forms of the way from a spreadsheet to the staff list."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.widgets import DayInput
from partners.register.enums import Shift, StaffRole
from partners.register.models import Spell, StagedImport
from partners.register.rules import day_problem
from partners.register.spreadsheets import MAX_BYTES, Field, Problem, Why

OUT = "-"


class SpreadsheetForm(forms.Form):
    spreadsheet = forms.FileField(
        label=_("Your staff list"),
        help_text=_("Excel, OpenDocument or CSV, up to 10 MB and 50,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xls,.ods,.txt"}),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("This file is empty."),
        },
    )

    def clean_spreadsheet(self) -> "UploadedFile[Any]":
        upload: UploadedFile[Any] = self.cleaned_data["spreadsheet"]
        # Looked at before the file is read into memory.
        if upload.size is not None and upload.size > MAX_BYTES:
            raise ValidationError(
                _("This file is larger than 10 MB. Save only the staff list.")
            )
        return upload


class AgainForm(SpreadsheetForm):
    """Say what unknown columns hold and choose the file again: it was not kept."""

    def __init__(self, *args: Any, headings: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"prefix": "again"})
        self.headings = {f"heading_{at}": text for at, text in enumerate(headings)}
        spreadsheet = self.fields.pop("spreadsheet")
        spreadsheet.label = _("The same file once more")
        for name, heading in self.headings.items():
            self.fields[name] = forms.ChoiceField(
                label=_("Column “%(heading)s”") % {"heading": heading},
                choices=[(OUT, _("Leave this column out")), *Field.choices],
                initial=OUT,
                required=False,
            )
        self.fields["spreadsheet"] = spreadsheet

    @property
    def named(self) -> dict[str, Field]:
        """Return what each heading holds, as far as something was said."""
        answers = {text: self.cleaned_data[n] for n, text in self.headings.items()}
        return {
            heading: Field(answer)
            for heading, answer in answers.items()
            if answer not in {OUT, ""}
        }


class ColumnsForm(forms.Form):
    """One choice per kept column, which way round dates are, and who is in the list."""

    day_first = forms.TypedChoiceField(
        label=_("Dates"),
        choices=[
            ("yes", _("The day comes first: 3/4 is 3 April")),
            ("no", _("The month comes first: 3/4 is 4 March")),
        ],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    is_everybody = forms.BooleanField(
        label=_("This list names everybody who works here"),
        help_text=_(
            "Then we show you who is on your list here and not in this file, and ask "
            "whether they have left. Nobody is marked as left without your word."
        ),
        required=False,
    )
    AFTER = ("day_first", "is_everybody")

    def __init__(
        self, *args: Any, staged: StagedImport, samples: list[list[str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day_first"].initial = "yes" if staged.is_day_first else "no"
        self.fields["day_first"].help_text = staged.date_reason
        self.fields["is_everybody"].initial = staged.is_everybody
        after = {name: self.fields.pop(name) for name in self.AFTER}
        for at, column in enumerate(staged.columns):
            texts = ", ".join(sample[at] for sample in samples if sample[at])
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=_("Column “%(heading)s”") % {"heading": column["heading"]},
                # The component shows help as HTML: what the file says is escaped here.
                help_text=_told_by(column, texts),
                choices=[(OUT, _("Leave this column out")), *Field.choices],
                initial=column["field"] or OUT,
            )
        self.fields |= after

    @property
    def chosen(self) -> list[str]:
        answers = [self.cleaned_data[n] for n in self.fields if n not in self.AFTER]
        return ["" if answer == OUT else answer for answer in answers]


def _told_by(column: dict[str, Any], texts: str) -> str:
    example = format_html("{}: {}", _("For example"), texts) if texts else ""
    if column.get("why") != Why.CONTENT:
        return example
    told = _("We did not know this heading and went by what stands below it.")
    return format_html("{} {}", told, example)


class RowForm(forms.Form):
    """What is wrong in one row, to be put right in its place."""

    def __init__(
        self, *args: Any, number: int, problems: Sequence[Problem], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs | {"prefix": f"row{number}"})
        self.number = number
        self.problems = problems
        for problem in problems:
            self.fields[problem.field.value] = _field_for(problem)
            if problem.alike > 1:
                self.fields[f"same_{problem.field.value}"] = forms.BooleanField(
                    label=ngettext(
                        "The same for the other row that says “%(value)s”",
                        "The same for the %(others)s other rows that say “%(value)s”",
                        problem.alike - 1,
                    )
                    % {"others": problem.alike - 1, "value": problem.value[:40]},
                    required=False,
                    initial=True,
                )

    @property
    def values(self) -> dict[Field, str]:
        return {
            p.field: str(self.cleaned_data[p.field.value] or "") for p in self.problems
        }

    @property
    def everywhere(self) -> set[Field]:
        ticked = {p.field for p in self.problems if p.alike > 1}
        return {f for f in ticked if self.cleaned_data.get(f"same_{f.value}")}


CHOICES: dict[Field, list[tuple[str, str | Promise]]] = {
    Field.ROLE: [("", _("Choose a role")), *StaffRole.choices],
    Field.SHIFT: [("", _("Choose a shift")), *Shift.choices],
}
NEEDED = frozenset({Field.ROLE, Field.STARTED_ON, Field.NAME, Field.LAST_NAME})


def _field_for(problem: Problem) -> forms.Field:
    """Make the control a value is corrected with; the sentence says what is wrong."""
    field = problem.field
    common: dict[str, Any] = {
        "label": field.label,
        "help_text": format_html("{}", problem.sentence),
        "required": field in NEEDED,
    }
    if field in CHOICES:
        return forms.ChoiceField(choices=CHOICES[field], **common)
    if field in {Field.STARTED_ON, Field.ENDED_ON}:
        return forms.DateField(widget=DayInput(), **common)
    return forms.CharField(max_length=200, initial=problem.value, **common)


class MissingForm(forms.Form):
    """A tick and a last day for each person that a full list does not name."""

    def __init__(
        self, *args: Any, spells: Sequence[Spell], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.spells = {spell.pk: spell for spell in spells}
        self.today = today
        for spell in spells:
            self.fields[f"left_{spell.pk}"] = forms.BooleanField(
                label=str(spell.staff_member), required=False
            )
            self.fields[f"day_{spell.pk}"] = forms.DateField(
                label=_("Last day of %(name)s") % {"name": spell.staff_member},
                required=False,
                widget=DayInput(),
            )

    @property
    def rows(self) -> list[tuple[Spell, forms.BoundField, forms.BoundField]]:
        return [
            (spell, self[f"left_{pk}"], self[f"day_{pk}"])
            for pk, spell in self.spells.items()
        ]

    @property
    def last_days(self) -> dict[int, date]:
        return {
            pk: self.cleaned_data[f"day_{pk}"]
            for pk in self.spells
            if self.cleaned_data.get(f"left_{pk}")
        }

    def clean(self) -> None:
        super().clean()
        ticked = [pk for pk in self.spells if self.cleaned_data.get(f"left_{pk}")]
        if not ticked and not self.errors:
            raise ValidationError(_("Tick who has left, and give the last day."))
        for pk in ticked:
            self._validate_day(pk)

    def _validate_day(self, pk: int) -> None:
        name = f"day_{pk}"
        day = self.cleaned_data.get(name)
        if day is None and name not in self.errors:
            self.add_error(name, _("Give the last day at work."))
        elif day is not None:
            spell = self.spells[pk]
            if problem := day_problem(spell.started_on, day, today=self.today):
                self.add_error(name, problem[1])
