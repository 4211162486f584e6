from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from accounts.scoping import areas_of
from core.widgets import DayInput, HourInput
from partners.register.enums import Shift
from partners.register.models import Premises
from partners.visits.enums import ChallengeState, Result, VisitState
from partners.visits.models import (
    Authorisation,
    ChecklistItem,
    Observation,
    Scenario,
    TestVisit,
)
from partners.visits.services import Decision, Plan, Seen

LONGEST_SECONDS = 4 * 60 * 60


def offer(form: forms.BaseForm, name: str, found: "QuerySet[Any]") -> None:
    """Let a choice of the form offer these rows."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = found


def testers_of(officer: User) -> "QuerySet[User]":
    """Return the testers who work in the officer's areas."""
    testers: QuerySet[User] = User.objects.with_role(Role.TESTER)
    here = testers.filter(is_active=True, areas__in=areas_of(officer))
    return here.order_by("name", "pk")


class FilterForm(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), *VisitState.choices],
        required=False,
    )

    @property
    def query(self) -> str:
        """Return the filter as the beginning of an address, for the pages after."""
        state = self.cleaned_data.get("state", "") if self.is_valid() else ""
        return f"state={state}&"


class AuthorisationChoice(forms.ModelChoiceField[Authorisation]):
    def label_from_instance(self, obj: Authorisation) -> str:
        return _("%(reference)s, %(decision_maker)s, review by %(day)s") % {
            "reference": obj.reference,
            "decision_maker": obj.decision_maker,
            "day": date_format(obj.review_on, "j F Y"),
        }


class AuthorisationForm(forms.ModelForm[Authorisation]):
    class Meta:
        model = Authorisation
        fields = (
            "area",
            "reference",
            "decision_maker",
            "decided_on",
            "legal_check",
            "data_protection",
            "review_on",
        )
        widgets: ClassVar = {"decided_on": DayInput(), "review_on": DayInput()}

    def __init__(self, *args: Any, officer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "area", areas_of(officer).order_by("name"))

    @property
    def decision(self) -> Decision:
        return Decision(**self.cleaned_data)


class PlanForm(forms.Form):
    premises = forms.ModelChoiceField(
        Premises.objects.none(), to_field_name="key", label=_("Premises")
    )
    scenario = forms.ModelChoiceField(
        Scenario.objects.order_by("title"), to_field_name="slug", label=_("Scenario")
    )
    tester = forms.ModelChoiceField(User.objects.none(), label=_("Tester"))
    planned_on = forms.DateField(label=_("Day"), widget=DayInput())
    planned_time = forms.TimeField(
        label=_("Hour"),
        widget=HourInput(),
        help_text=_("The tester reads of the visit from 24 hours before"),
    )
    shift = forms.ChoiceField(label=_("Shift"), choices=Shift.choices)
    authorisation = AuthorisationChoice(
        Authorisation.objects.none(),
        to_field_name="key",
        label=_("Authorisation"),
        help_text=_("Those in force today. Enter a new decision beforehand."),
    )

    def __init__(self, *args: Any, officer: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine_in_force = Authorisation.objects.visible_to(officer).in_force(today)
        offer(self, "authorisation", mine_in_force.order_by("reference", "pk"))
        mine = Premises.objects.in_areas_of(officer).active()
        offer(self, "premises", mine.order_by("name", "pk"))
        offer(self, "tester", testers_of(officer))

    @property
    def plan(self) -> Plan:
        decided = {**self.cleaned_data}
        decided.pop("premises")
        return Plan(**decided)


class RescheduleForm(forms.Form):
    planned_on = forms.DateField(label=_("New day"), widget=DayInput())
    planned_time = forms.TimeField(label=_("Hour"), widget=HourInput())
    shift = forms.ChoiceField(label=_("Shift"), choices=Shift.choices)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReassignForm(forms.Form):
    tester = forms.ModelChoiceField(User.objects.none(), label=_("Tester"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, officer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "tester", testers_of(officer))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("In a few words, and without names"),
    )


class QuestionForm(forms.Form):
    reason = forms.CharField(
        label=_("What should the tester look at again?"),
        max_length=300,
        help_text=_("In a few words, and without names"),
    )


class ChallengeForm(forms.Form):
    reason = forms.CharField(
        label=_("What do you think is wrong?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "In your own words, and without names. For example: the fire alarm rang, "
            "or the desk was closed that night."
        ),
        error_messages={
            "required": _("Write what you think is wrong with this result.")
        },
    )


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[
            (ChallengeState.UPHELD, ChallengeState.UPHELD.label),
            (ChallengeState.DECLINED, ChallengeState.DECLINED.label),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The managers read it word for word. No names."),
        error_messages={
            "required": _("Write an answer. The managers read it word for word.")
        },
    )


class RecordForm(forms.Form):
    """One checklist on one page: a result for each step, and a time if wanted.

    There is no field for words, so that nothing is written about a person.
    """

    visited_on = forms.DateField(label=_("Day of the visit"), widget=DayInput())

    def __init__(
        self, *args: Any, visit: TestVisit, items: list[ChecklistItem], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["visited_on"] = visit.visited_on or visit.planned_on
        for line in Observation.objects.of_visit(visit) if visit.revision else ():
            self.initial[f"result_{line.item_id}"] = line.result
            self.initial[f"seconds_{line.item_id}"] = line.seconds
        self.items_ = items
        for item in items:
            self.fields[f"result_{item.pk}"] = forms.ChoiceField(
                label=item.get_step_display(),
                choices=Result.choices,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("%(step)s: say whether it happened.")
                    % {"step": item.get_step_display()}
                },
            )
            self.fields[f"seconds_{item.pk}"] = forms.IntegerField(
                label=_("After how many seconds?"),
                required=False,
                min_value=0,
                max_value=LONGEST_SECONDS,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    @property
    def steps(self) -> list[dict[str, Any]]:
        return [
            {
                "item": item,
                "result": self[f"result_{item.pk}"],
                "seconds": self[f"seconds_{item.pk}"],
            }
            for item in self.items_
        ]

    @property
    def answers(self) -> list[dict[str, Any]]:
        return [
            {
                "item": item,
                "result": Result(self.cleaned_data[f"result_{item.pk}"]).label,
                "seconds": self.cleaned_data[f"seconds_{item.pk}"],
            }
            for item in self.items_
        ]

    @property
    def seen(self) -> dict[int, Seen]:
        return {
            item.pk: Seen(
                Result(self.cleaned_data[f"result_{item.pk}"]),
                self.cleaned_data[f"seconds_{item.pk}"],
            )
            for item in self.items_
        }
