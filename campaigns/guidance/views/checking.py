import json
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.scoping import may_enter_admin
from campaigns.guidance.enums import Readers
from campaigns.guidance.models import GuardedPhrase
from campaigns.guidance.rules.reading import joined, reading_age, target_age
from campaigns.guidance.rules.texts import language_of, posted_texts

# Far above any page; more is no page.
MOST_BYTES = 300_000


@require_POST
def check_words(request: HttpRequest) -> HttpResponse:
    """Say which words of a form need care. Nothing of it is stored or logged."""
    if not may_enter_admin(request.user):
        raise PermissionDenied
    if len(request.body) > MOST_BYTES:
        return JsonResponse({"error": _("This is too long to check.")}, status=413)
    fields, language = _asked(request.body)
    if fields is None:
        return JsonResponse({"error": _("This cannot be read.")}, status=400)
    texts = posted_texts(fields)
    found = _found(texts, fields, language)
    count = sum(len(words) for words in found.values())
    age, told = _reading(texts, fields)
    summary = ngettext(
        "%(count)s phrase needs care.", "%(count)s phrases need care.", count
    ) % {"count": count}
    parts = [summary if count else _("No words that need care."), told]
    return JsonResponse(
        {"fields": found, "reading_age": age, "summary": " ".join(parts).strip()}
    )


def _asked(body: bytes) -> tuple[dict[str, str] | None, str]:
    """Return the fields a browser sent and the language of the page."""
    try:
        sent: Any = json.loads(body)
        fields = {str(name): str(text) for name, text in sent["fields"].items()}
        return fields, str(sent.get("language") or settings.LANGUAGE_CODE)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, ""


def _found(
    texts: dict[str, str], fields: dict[str, str], language: str
) -> dict[str, list[dict[str, str]]]:
    matchers = GuardedPhrase.objects.matchers()
    found = {}
    for name, text in texts.items():
        matcher = matchers.get(language_of(name, fields, language))
        hits = matcher.hits(text) if matcher else []
        if hits:
            found[name] = [
                {
                    "found": hit.found,
                    "reason": hit.guarded.reason,
                    "instead": _("Write instead: %(words)s")
                    % {"words": hit.guarded.instead},
                }
                for hit in hits
            ]
    return found


def _reading(texts: dict[str, str], fields: dict[str, str]) -> tuple[float | None, str]:
    """Return how old a reader must be, and it in words; a sign has no readers."""
    readers = fields.get("readers", "")
    if readers not in Readers.values:
        return None, ""
    age = reading_age(joined(texts.values()))
    if age is None:
        return None, _("Too few words to tell a reading age.")
    target = target_age(readers)
    words = (
        _("Reading age %(age)s: harder than the %(target)s we aim for.")
        if age > target
        else _("Reading age %(age)s: within the %(target)s we aim for.")
    )
    return age, words % {"age": age, "target": target}
