from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from accounts.scoping import areas_of
from core.widgets import DayInput
from partners.register.enums import Shift
from partners.register.models import Premises
from partners.visits.enums import Result, VisitState
from partners.visits.models import ChecklistItem, Observation, Scenario, TestVisit
from partners.visits.services import Plan, Seen

LONGEST_SECONDS = 4 * 60 * 60


def offer(form: forms.Form, name: str, found: "QuerySet[Any]") -> None:
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


class PlanForm(forms.Form):
    premises = forms.ModelChoiceField(
        Premises.objects.none(), to_field_name="key", label=_("Premises")
    )
    scenario = forms.ModelChoiceField(
        Scenario.objects.order_by("title"), to_field_name="slug", label=_("Scenario")
    )
    tester = forms.ModelChoiceField(User.objects.none(), label=_("Tester"))
    planned_on = forms.DateField(label=_("Day"), widget=DayInput())
    shift = forms.ChoiceField(label=_("Shift"), choices=Shift.choices)
    authorisation_reference = forms.CharField(
        label=_("Authorisation reference"), max_length=60
    )
    decision_maker = forms.CharField(
        label=_("Decision maker"),
        max_length=120,
        help_text=_("Rank or office of the person who decided"),
    )
    legal_check = forms.CharField(
        label=_("Legal check"),
        max_length=120,
        help_text=_("By whom, when and with what outcome"),
    )

    def __init__(self, *args: Any, officer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
