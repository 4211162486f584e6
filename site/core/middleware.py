from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django_htmx.middleware import HtmxMiddleware

from core.paths import is_private, is_wagtail_admin

type GetResponse = Callable[[HttpRequest], HttpResponseBase]


class PolicyMiddleware(ContentSecurityPolicyMiddleware):
    """Set the browser's rules: strict, looser in Wagtail's admin, silent in public."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
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


class PrivateOnly:
    """Leave a middleware out on public paths: nobody is known there, by design."""

    get_response: GetResponse

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_private(request.path):
            return super().__call__(request)  # type: ignore[misc,no-any-return] # the middleware beside us
        return self.get_response(request)


class PrivateSessionMiddleware(PrivateOnly, SessionMiddleware):
    pass


class PrivateAuthenticationMiddleware(PrivateOnly, AuthenticationMiddleware):
    pass


class PrivateMessageMiddleware(PrivateOnly, MessageMiddleware):
    pass


class PrivateHtmxMiddleware(PrivateOnly, HtmxMiddleware):
    pass
