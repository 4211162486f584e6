"""What is entered to plan a session, and how its list is narrowed."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import areas_of
from campaigns.learning.models import Module
from core.models import Area
from core.widgets import DayInput
from partners.register.models import Premises
from partners.training.enums import SessionState
from partners.training.models import TrainingSession, TrainingSessionQuerySet
from partners.training.services import SessionPlan


class HourInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class SessionForm(forms.Form):
    """A session for the people of one workplace, held there."""

    module = forms.ModelChoiceField(
        Module.objects.none(),
        label=_("Module"),
        empty_label=_("Choose a module"),
        error_messages={"required": _("Choose the module that is taught.")},
    )
    day = forms.DateField(
        label=_("Day"),
        widget=DayInput(),
        error_messages={"required": _("Enter the day of the session.")},
    )
    starts = forms.TimeField(
        label=_("Begins at"),
        widget=HourInput(),
        error_messages={"required": _("Enter when the session begins.")},
    )
    ends = forms.TimeField(
        label=_("Ends at"),
        widget=HourInput(),
        error_messages={"required": _("Enter when the session ends.")},
    )
    led_by = forms.CharField(
        label=_("Led by"),
        help_text=_("An organisation or a role, such as the ISVA service of the area."),
        max_length=120,
        error_messages={"required": _("Say who leads the session.")},
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    capacity = forms.IntegerField(
        label=_("Room for how many?"),
        help_text=_("With so many on the list the code stops. Ticking goes on."),
        min_value=1,
        max_value=999,
        required=False,
    )

    def __init__(
        self, *args: Any, session: TrainingSession | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "module", Module.objects.taught().order_by("title", "pk"))
        if session is not None:
            self.initial.update(_entered(session))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("A session ends after it begins."))
        return cleaned

    def plan_at(self, premises: Premises) -> SessionPlan:
        """Return the plan of a session for the people of these premises alone."""
        return SessionPlan(
            area=premises.area,
            is_for_area=False,
            premises=premises,
            place="",
            **self._facts,
        )

    @property
    def _facts(self) -> dict[str, Any]:
        answers = self.cleaned_data
        return {
            "module": answers["module"],
            "starts_at": self._at("starts"),
            "ends_at": self._at("ends"),
            "led_by": answers["led_by"],
            "language": answers["language"],
            "capacity": answers["capacity"],
        }

    def _at(self, name: str) -> datetime:
        moment = datetime.combine(self.cleaned_data["day"], self.cleaned_data[name])
        return timezone.make_aware(moment)


class OfficerSessionForm(SessionForm):
    """The same by an officer: for an area, or for the people of one workplace."""

    area = forms.ModelChoiceField(
        Area.objects.none(),
        label=_("Area"),
        empty_label=_("Choose an area"),
        help_text=_("Everybody who works in it may come, unless you say otherwise."),
        error_messages={"required": _("Choose an area.")},
    )
    premises = forms.ModelChoiceField(
        Premises.objects.none(),
        to_field_name="key",
        label=_("Held at premises that take part"),
        empty_label=_("Somewhere else"),
        required=False,
    )
    place = forms.CharField(
        label=_("Or held somewhere else: where?"),
        help_text=_("Building, room and town"),
        max_length=200,
        required=False,
    )
    is_for_premises = forms.BooleanField(
        label=_("Only for people who work at these premises"), required=False
    )
    field_order = (
        "module",
        "day",
        "starts",
        "ends",
        "area",
        "premises",
        "place",
        "is_for_premises",
        "led_by",
        "language",
        "capacity",
    )

    def __init__(self, *args: Any, officer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "area", areas_of(officer).order_by("name", "pk"))
        mine = Premises.objects.in_areas_of(officer).active().select_related("area")
        _offer(self, "premises", mine.order_by("name", "pk"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        premises, place = cleaned.get("premises"), cleaned.get("place", "").strip()
        if premises is None and not place and "premises" not in self.errors:
            self.add_error("place", _("Choose premises, or say where it is held."))
        if premises is not None and place:
            self.add_error("place", _("Choose premises or say where, not both."))
        if cleaned.get("is_for_premises") and premises is None:
            self.add_error("premises", _("Choose the premises whose people it is for."))
        return cleaned

    @property
    def plan(self) -> SessionPlan:
        answers = self.cleaned_data
        if answers["is_for_premises"]:
            return self.plan_at(answers["premises"])
        return SessionPlan(
            area=answers["area"],
            is_for_area=True,
            premises=answers["premises"],
            place=answers["place"],
            **self._facts,
        )


class SessionFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), *SessionState.choices],
        required=False,
    )
    area = forms.ModelChoiceField(
        Area.objects.none(), label=_("Area"), empty_label=_("All"), required=False
    )
    to_close = forms.BooleanField(label=_("Over, not closed"), required=False)

    def __init__(self, *args: Any, officer: User, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        _offer(self, "area", areas_of(officer).order_by("name", "pk"))

    def narrowed(self, sessions: TrainingSessionQuerySet) -> TrainingSessionQuerySet:
        """Return those that fit every answer that can be used."""
        self.is_valid()
        if state := self.cleaned_data.get("state"):
            sessions = sessions.filter(state=state)
        if area := self.cleaned_data.get("area"):
            sessions = sessions.filter(area=area)
        if self.cleaned_data.get("to_close"):
            sessions = sessions.to_close(self.now)
        return sessions


class CancelSessionForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("In a few words, and without names"),
        max_length=300,
        error_messages={"required": _("Give the reason in a few words.")},
    )


def _offer(form: forms.Form, name: str, found: Any) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = found


def _entered(session: TrainingSession) -> dict[str, Any]:
    starts = timezone.localtime(session.starts_at)
    return {
        "module": session.version.module_id,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": timezone.localtime(session.ends_at).time(),
        "area": session.area_id,
        "premises": session.premises.key if session.premises else None,
        "place": session.place,
        "is_for_premises": not session.is_for_area,
        "led_by": session.led_by,
        "language": session.language,
        "capacity": session.capacity,
    }
