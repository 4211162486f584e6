from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from campaigns.routes.rendering import routes_by_wish
from core.page_cache import kept


@kept
@require_GET
def finder(request: HttpRequest) -> HttpResponse:
    """Show every route by what the reader wants to do; nothing is asked or kept."""
    wishes = routes_by_wish(language=get_language() or "en", today=timezone.localdate())
    return render(request, "routes/finder.html", {"wishes": wishes})
