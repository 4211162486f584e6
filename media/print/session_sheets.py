from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe

from media.codes.qrcodes import qr_svg
from partners.training.models import TrainingSession
from partners.training.rendering import facts_of

# A page holds so many below the code; a larger room gets further pages.
FEWEST_LINES = 14
MOST_LINES = 120


def session_sheet_of(session: TrainingSession) -> dict[str, Any]:
    """Return what the sheet of a session shows: facts, code and lines to sign."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    lines = min(max(session.capacity or 0, FEWEST_LINES), MOST_LINES)
    return {
        "session": session,
        "title": session.version.module.title,
        "facts": facts_of(session)[:4],
        "qr": mark_safe(  # noqa: S308 -- drawn by segno from our own address
            qr_svg(base + reverse("training:here-code", args=[session.code]))
        ),
        "typed": urlsplit(base).netloc + reverse("training:here"),
        "lines": range(lines),
    }
