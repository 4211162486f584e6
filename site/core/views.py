from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.models import Installation
from core.page_cache import kept

# The default of the GOV.UK "exit this page" component: nothing personal, nothing odd.
LEAVE_TO = "https://www.bbc.co.uk/weather"


@kept
@require_GET
def brand_css(request: HttpRequest) -> HttpResponse:
    """Serve the installation's colours; a style attribute would break the policy."""
    current = Installation.objects.current()
    rules = f":root{{--brand:{current.brand};--accent:{current.accent}}}"
    response = HttpResponse(rules, content_type="text/css")
    patch_cache_control(response, public=True, max_age=300)
    return response


@never_cache
@require_GET
def leave(request: HttpRequest) -> HttpResponseRedirect:
    """Leave for somewhere plain, and leave nothing of ours in the browser's cache."""
    response = HttpResponseRedirect(LEAVE_TO)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@never_cache
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Answer when the web process and its database do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", {"reason": reason}, status=403)
