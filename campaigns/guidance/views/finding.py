from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.guidance.directory import ListedPage, a_to_z, listed_pages
from campaigns.guidance.links import links_of
from campaigns.guidance.models import AudiencePage
from campaigns.guidance.placing import PlacedWords
from campaigns.guidance.searching import MAX_LETTERS, Answer, answer, names_of
from campaigns.routes.enums import EMERGENCY_KEY
from campaigns.routes.rendering import RouteCard, routes_with_facts
from core.origin import is_from_here
from core.page_cache import kept

# How to call 999 for a person who cannot speak.
SILENT_KEY = "999-silent"
MOST_ROUTES = 3


@csrf_exempt
@cache_control(private=True, no_store=True)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Answer a search that is sent and never written: in no address, history or log."""
    placed = _placed(request)
    pages = listed_pages(request)
    context = _ways_on(placed, pages) | {"title": _("Search"), "has_search_box": True}
    if request.method != "POST":
        return render(request, "guidance/search.html", context)
    if not is_from_here(request):
        context |= {"notice": _("Type what you are looking for in the box.")}
        return render(request, "guidance/search.html", context, status=403)
    typed = request.POST.get("words", "")
    found = answer(typed, pages=pages, language=placed.language)
    context |= _results(found, placed) | {
        "typed": " ".join(typed[:MAX_LETTERS].replace("\x00", "").split()),
        "notice": _notice(typed, found),
    }
    return render(request, "guidance/search.html", context)


@kept
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "guidance/a_to_z.html",
        {"letters": a_to_z(request), "has_search_box": True},
    )


@kept
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Name the pages that search engines may know; support pages are not among them."""
    pages = [page for page in listed_pages(request) if not page.is_support]
    context = {"base": settings.WAGTAILADMIN_BASE_URL, "pages": pages}
    return render(request, "sitemap.xml", context, content_type="application/xml")


@kept
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"base": settings.WAGTAILADMIN_BASE_URL}
    return render(request, "robots.txt", context, content_type="text/plain")


def _placed(request: HttpRequest) -> PlacedWords:
    """Return every route, for cards and for the numbers in the leads of pages."""
    language = get_language() or settings.LANGUAGE_CODE
    today = timezone.localdate()
    return PlacedWords(
        routes=routes_with_facts(language=language, today=today),
        signs=[],
        links={link.path: link for link in links_of(request)},
        language=language,
        today=today,
        list_language=language,
    )


def _ways_on(placed: PlacedWords, pages: list[ListedPage]) -> dict[str, Any]:
    """Return what helps whatever was typed: 999 first, and a door for everyone."""
    drawings = dict(AudiencePage.objects.live().values_list("pk", "motif"))
    return {
        "emergency": placed.card(EMERGENCY_KEY),
        "doors": [
            {
                "title": page.title,
                "motif": drawings[min(page.page_ids)],
                "url": page.url,
                "language": page.language,
            }
            for page in pages
            if page.is_for_someone
        ],
    }


def _results(found: Answer, placed: PlacedWords) -> dict[str, Any]:
    return {
        "is_answer": True,
        "silent": placed.card(SILENT_KEY) if found.is_urgent else None,
        "routes": _named_routes(found, placed),
        "results": [
            {"page": page, "lead": placed.plain(page.lead)} for page in found.pages
        ],
    }


def _named_routes(found: Answer, placed: PlacedWords) -> list[RouteCard]:
    """Return the routes whose name was typed, so that their number is here at once."""
    cards = [
        card for card in placed.cards(keys=[*placed.routes]) if not card.is_emergency
    ]
    named = names_of(found.ideas, [card.name for card in cards])
    return [card for card in cards if card.name in named][:MOST_ROUTES]


def _notice(typed: str, found: Answer) -> str:
    """Say in a sentence what could not be looked for."""
    if not typed.strip():
        return _("The box was empty. Type a word or two.")
    if not found.is_understood:
        return _("Those words are too common to search for. Try one that says more.")
    if found.is_cut:
        return _("That was a lot of words. We looked for the first ones only.")
    return ""
