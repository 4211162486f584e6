from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.utils import translation
from django_htmx.middleware import HtmxMiddleware

from core.languages import spoken
from core.paths import is_private, is_wagtail_admin

type GetResponse = Callable[[HttpRequest], HttpResponse]
type Middleware = Callable[[GetResponse], GetResponse]


class ConfirmedLanguageMiddleware:
    """Speak English where the words of the address' language are not confirmed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        # Not earlier: the address is read with the language of its prefix.
        wished = translation.get_language() or settings.LANGUAGE_CODE
        language = spoken(wished)
        if language != wished:
            translation.activate(language)
            request.LANGUAGE_CODE = language
            request.unconfirmed_language = wished  # type: ignore[attr-defined] # for the notice


class PolicyMiddleware(ContentSecurityPolicyMiddleware):
    """Set the browser's rules: strict, looser in Wagtail's admin, silent in public."""

    def process_response(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        if is_wagtail_admin(request.path):
            response.__dict__.setdefault("_csp_config", settings.ADMIN_CSP)
        if not is_private(request.path):
            response.headers["Referrer-Policy"] = "no-referrer"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        return super().process_response(request, response)


def private_only(middleware: Callable[[Any], Any]) -> Middleware:
    """Leave a middleware out on public paths: nobody is known there, by design."""

    def make(get_response: GetResponse) -> GetResponse:
        with_middleware: GetResponse = middleware(get_response)

        def run(request: HttpRequest) -> HttpResponse:
            if is_private(request.path):
                return with_middleware(request)
            return get_response(request)

        return run

    return make


private_session = private_only(SessionMiddleware)
private_authentication = private_only(AuthenticationMiddleware)
private_messages = private_only(MessageMiddleware)
private_htmx = private_only(HtmxMiddleware)
