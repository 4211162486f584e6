import gzip
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django_htmx.middleware import HtmxMiddleware

from core.languages import speak, spoken
from core.page_cache import (
    QUICKLY,
    Clock,
    GenerationReader,
    KeptPage,
    Key,
    Packed,
    PageMemory,
)
from core.paths import is_private, is_wagtail_admin
from core.remembering import shared_by_readers

type GetResponse = Callable[[HttpRequest], HttpResponse]
type Middleware = Callable[[GetResponse], GetResponse]


# The name under which all pages of Wagtail are served.
PAGES = "wagtail_serve"
# A browser may keep a page, and asks each time whether it is still the same.
REVALIDATE = "public, max-age=0, must-revalidate"
NOT_TO_KEEP = frozenset({"private", "no-store", "no-cache"})
# The language is in the address; anything else would tell one reader from another.
HARMLESS_TO_VARY_ON = frozenset({"accept-language", "accept-encoding"})


class PageCacheMiddleware:
    """Answer public pages from memory, with all the headers they were made with.

    First of all middleware, so that a page in memory costs next to nothing. What it
    keeps has passed the others: the host was looked at, the policy is among the
    headers. An address with a question in it, a preview and anything that is for one
    reader alone passes through and is never kept.
    """

    def __init__(self, get_response: GetResponse, clock: Clock | None = None) -> None:
        if not settings.PAGE_CACHE_BYTES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.generations = GenerationReader(clock or Clock())
        self.memory = PageMemory(settings.PAGE_CACHE_BYTES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Wagtail previews a draft with a request for the address of the page.
        if is_private(request.path) or hasattr(request, "is_dummy"):
            return self.get_response(request)
        # Before the page is made: a change during the making makes it old.
        generation = self.generations.current()
        if generation is None:
            return self.get_response(request)
        key = _key(request)
        page = self.memory.find(generation, key) if key else None
        if page is None:
            with shared_by_readers(self.memory.parts(generation)):
                response = self.get_response(request)
            if key is None or not _may_be_kept(request, response):
                return _packed(request, response)
            page = KeptPage(response.content, _headers(response))
            if request.method == "GET":
                self.memory.keep(generation, key, page)
            return _answer(request, page, pack=page.packed_quickly)
        return _answer(request, page, pack=page.packed_well)


def _key(request: HttpRequest) -> Key | None:
    """Return what the page depends on, or nothing when it is not for everyone."""
    if request.method not in {"GET", "HEAD"} or request.META.get("QUERY_STRING"):
        return None
    try:
        return request.scheme or "", request.get_host(), request.path
    except DisallowedHost:
        return None


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    if match is None or response.status_code != 200 or response.streaming:
        return False
    if match.url_name != PAGES and not hasattr(match.func, "is_kept"):
        return False
    if response.cookies or response.has_header("Content-Encoding"):
        return False
    return (
        _words(response, "Cache-Control").isdisjoint(NOT_TO_KEEP)
        and _words(response, "Vary") <= HARMLESS_TO_VARY_ON
    )


def _words(response: HttpResponse, header: str) -> set[str]:
    words = response.get(header, "").lower().split(",")
    return {word.strip().partition("=")[0] for word in words if word.strip()}


def _headers(response: HttpResponse) -> dict[str, str]:
    headers = {"Cache-Control": REVALIDATE} | dict(response.items())
    headers["Vary"] = "Accept-Encoding"
    return headers


def _answer(
    request: HttpRequest, page: KeptPage, *, pack: Callable[[], Packed]
) -> HttpResponse:
    if _is_known(page, request.META.get("HTTP_IF_NONE_MATCH", "")):
        return HttpResponseNotModified(headers=page.headers)
    if _reads_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        body, headers = pack()
    else:
        body, headers = page.plain, page.plain_headers
    return HttpResponse(b"" if request.method == "HEAD" else body, headers=headers)


def _packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Pack a public page that is not kept: it holds no secret to be guessed by size."""
    is_page = response.get("Content-Type", "").startswith("text/html")
    if (
        is_page
        and not response.streaming
        and not response.has_header("Content-Encoding")
        and _reads_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    ):
        response.content = gzip.compress(response.content, QUICKLY, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
        patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _is_known(page: KeptPage, tags: str) -> bool:
    """Say whether a browser that has the contents with these tags has this one."""
    if not tags:
        return False
    known = {tag.removeprefix("W/") for tag in parse_etags(tags)}
    return not known.isdisjoint({"*", page.etag.removeprefix("W/")})


def _reads_gzip(encodings: str) -> bool:
    for encoding in encodings.lower().split(","):
        name, _, quality = encoding.replace(" ", "").partition(";q=")
        if name == "gzip":
            return quality.strip("0.") != "" or not quality
    return False


class ConfirmedLanguageMiddleware:
    """Speak English where the words of the address' language are not confirmed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        # Not earlier: the address is read with the language of its prefix.
        wished = translation.get_language() or settings.LANGUAGE_CODE
        if spoken(wished) != wished:
            speak(request, wished)


class HelpfulRefusalMiddleware:
    """Put help where a reader would meet an empty page or a broken one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # PostgreSQL refuses a text with this character: no address of ours has it.
        if "\x00" in request.path_info:
            raise Http404
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        page = render(request, "405.html", status=response.status_code)
        page.headers["Allow"] = response.headers["Allow"]
        return page


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
