"""Feedback after a visit as a letter for the staff room: strengths first, no names."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.models import Installation
from media.print.typesetting import house_style, typeset
from partners.followups.models import FollowUpTask
from partners.visits.models import Observation, TestVisit


def feedback_letter_pdf(visit: TestVisit) -> bytes:
    """Draw the letter about a released visit, in the language that is being read.

    The month stands there, not the day: in a small team a day would name a person.
    """
    installation = Installation.objects.current()
    name = visit.premises.name
    month = date_format(visit.visited_on, "F Y") if visit.visited_on else ""
    given = {
        **house_style(installation, language=get_language() or "en"),
        "title": _("Feedback for your team"),
        "name": name,
        "address": visit.premises.address,
        "day": date_format(timezone.localdate(visit.released_at), "j F Y"),
        "opening": _(
            "In %(month)s we visited %(name)s to see how a team responds to worrying "
            "signs. Thank you for your time. This is about the whole team; nobody is "
            "named, and nobody is in trouble."
        )
        % {"month": month, "name": name},
        "set_aside": _set_aside(visit),
        "parts": [_strengths(visit), _to_practise(visit), *_next_steps(visit)],
        "closing": _("Thank you for keeping an eye on the children around you."),
    }
    return typeset("letter", given | {"words": {}})


def _set_aside(visit: TestVisit) -> str:
    if visit.set_aside_at is None:
        return ""
    return _("This result was challenged, and you were right: it counts no more.")


def _strengths(visit: TestVisit) -> dict[str, Any]:
    lines = [line.item.text for line in Observation.objects.strengths_of(visit)]
    return {
        "heading": _("What went well"),
        "lines": lines,
        "text": (
            _("Please tell your team. A thank-you makes the next call easier.")
            if lines
            else _(
                "You take part, and you read this: that is where getting better begins."
            )
        ),
    }


def _to_practise(visit: TestVisit) -> dict[str, Any]:
    gaps = Observation.objects.gaps_of(visit)
    lines = [line.item.get_step_display() for line in gaps]
    return {
        "heading": _("What to practise"),
        "lines": lines,
        "text": _(
            "These steps did not happen this time. Many teams find them hard at first."
        )
        if lines
        else _("Your team did everything the standard asks for."),
    }


def _next_steps(visit: TestVisit) -> list[dict[str, Any]]:
    """List what the managers were asked to do, if anything."""
    tasks = FollowUpTask.objects.of_managers().filter(visit=visit)
    lines = [
        _("%(title)s, by %(day)s")
        % {"title": task.title, "day": date_format(task.due_on, "j F Y")}
        for task in tasks.order_by("due_on", "pk")
    ]
    if not lines or visit.set_aside_at:
        return []
    return [{"heading": _("Next steps"), "lines": lines, "text": ""}]
