from importlib import import_module

from django.conf import settings
from django.db import connection
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from core.models import Installation
from core.page_cache import kept
from core.paths import is_private

OUR_COOKIES = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}


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
@require_safe
def leave(request: HttpRequest) -> HttpResponseRedirect:
    """Leave for somewhere plain, signed out, and keep nothing in the browser's cache.

    The address is public, so no session is loaded: its row is deleted by its key. A
    link on another site leads away as well, but may not sign anyone out.
    """
    response = HttpResponseRedirect(settings.LEAVE_TO)
    response.headers["Clear-Site-Data"] = '"cache"'
    is_foreign = request.headers.get("Sec-Fetch-Site") == "cross-site"
    if request.method == "GET" and not is_foreign:
        _forget(request, response)
    return response


def _forget(request: HttpRequest, response: HttpResponse) -> None:
    """End the session on this side, and take our cookies from the browser."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if key.isalnum():
        engine = import_module(settings.SESSION_ENGINE)
        engine.SessionStore().delete(key)
    for name in OUR_COOKIES & request.COOKIES.keys():
        response.delete_cookie(name, samesite="Lax")


@never_cache
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Answer when the web process and its database do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was open for too long; a public page takes no form at all."""
    if not is_private(request.path):
        return HttpResponseNotAllowed(["GET", "HEAD", "OPTIONS"])
    return render(request, "403_csrf.html", {"reason": reason}, status=403)
