from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.register.enums import WITH_ROOMS, Shift
from partners.register.models import Premises

# The pages of one premises that every manager finds in the bar at the top.
NAVIGATION = (
    ("home", "portal:premises", _("Home")),
    ("people", "portal:people", _("People")),
    ("tasks", "followups:task-list", _("Next steps")),
    ("messages", "portal:messages", _("Messages")),
    ("posters", "print:posters", _("Posters")),
    ("place", "register:place", _("About this place")),
)


def portal_context(premises: Premises, *, current: str = "") -> dict[str, Any]:
    """Return what `layouts/portal.html` needs on a page about one premises."""
    return {
        "premises": premises,
        "portal_home_url": reverse("portal:premises", args=[premises.key]),
        "portal_navigation": [
            {
                "title": title,
                "url": reverse(url_name, args=[premises.key]),
                "is_current": name == current,
            }
            for name, url_name, title in NAVIGATION
        ],
    }


def profile_rows(premises: Premises) -> list[dict[str, str]]:
    """Return how a place works, line by line, as the summary list shows it."""
    shifts = dict(Shift.choices)
    languages = dict(settings.LANGUAGES)
    spoken = [str(languages.get(code, code)) for code in premises.staff_languages]
    answers = {True: _("Yes"), False: _("No"), None: _("Not said")}
    rows = [
        (_("Somebody on duty all night"), answers[premises.has_night_desk]),
        (
            _("Shifts worked"),
            ", ".join(str(shifts.get(one, one)) for one in premises.shifts),
        ),
        (
            _("Languages of staff"),
            ", ".join(filter(None, [*spoken, premises.other_languages])),
        ),
    ]
    if premises.kind in WITH_ROOMS:
        rows = [
            (_("Guests who walk in"), answers[premises.accepts_walk_ins]),
            (_("Rooms"), str(premises.room_count or "")),
            *rows,
        ]
    return [
        {"key": str(key), "value": str(value) or str(_("Not said"))}
        for key, value in rows
    ]


MAILING_TEMPLATE = "mailing"


def mailing_context(*, subject: str, words: str, premises_name: str) -> dict[str, str]:
    """Return all that a mailing is made of: an officer's words, and why one gets it."""
    return {"subject": subject, "words": words, "premises_name": premises_name}


def mailing_preview(*, subject: str, words: str, premises_name: str) -> tuple[str, str]:
    """Return subject and body as the outbox will write them."""
    context = mailing_context(subject=subject, words=words, premises_name=premises_name)
    text = render_to_string(f"emails/{MAILING_TEMPLATE}.txt", context).strip()
    first, _line, body = text.partition("\n")
    return first, body.strip()
