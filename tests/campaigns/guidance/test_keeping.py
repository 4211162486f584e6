"""Public pages in memory: what is kept, how it is answered, and what is not."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from pytest_django import Settings

from campaigns.guidance.models import AudiencePage, HomePage
from core.middleware import PageCacheMiddleware
from tests.campaigns.guidance.process import Process

PUBLIC = ("/", "/hotels/", "/privacy/", "/pages/", "/report/")


@pytest.mark.parametrize("path", (*PUBLIC, "/pl/hotels/", "/brand.css"))
def test_page_is_made_once_and_answered_from_memory(
    process: Process, django_assert_num_queries, path
):
    first = process.ask(path)

    with django_assert_num_queries(0):
        second = process.ask(path)

    assert first.status_code == 200
    assert (second.content, dict(second.items())) == (
        first.content,
        dict(first.items()),
    )


def test_page_from_memory_has_the_headers_of_a_public_page(process: Process):
    process.ask("/hotels/")

    headers = dict(process.ask("/hotels/").items())

    policy = headers.pop("Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert headers.pop("ETag").startswith('W/"')
    assert int(headers.pop("Content-Length")) > 10_000
    assert headers == {
        "Cache-Control": "public, max-age=0, must-revalidate",
        "Content-Language": "en",
        "Content-Type": "text/html; charset=utf-8",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


def test_page_is_packed_for_those_who_can_unpack_it(process: Process):
    plain = process.ask("/hotels/")

    packed = process.ask("/hotels/", accept_encoding="br, gzip;q=0.8")
    refused = process.ask("/hotels/", accept_encoding="gzip;q=0, identity")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 3
    assert refused.content == plain.content


def test_page_that_a_browser_has_is_not_sent_again(process: Process):
    tag = process.ask("/hotels/").headers["ETag"]

    same = process.ask("/hotels/", if_none_match=f'"other", {tag}')
    changed = process.ask("/hotels/", if_none_match='"other"')

    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["ETag"] == tag
    assert same.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Content-Type" not in same.headers
    assert changed.status_code == 200


def test_head_is_answered_as_get_without_the_page(process: Process):
    before = process.ask("/hotels/", "HEAD")
    whole = process.ask("/hotels/")
    after = process.ask("/hotels/", "HEAD")

    assert (before.content, after.content) == (b"", b"")
    assert dict(before.items()) == dict(after.items()) == dict(whole.items())


@pytest.mark.parametrize(
    ("path", "status"),
    (
        ("/no-such-page/", 404),
        ("/hotels", 301),
        ("/hotels/?from=poster", 200),
        ("/leave/", 302),
        ("/health/", 200),
        ("/R/AAAAAAAA", 200),
        ("/accounts/login/", 200),
        ("/verify/AAAA/", 200),
    ),
)
def test_what_is_not_for_everyone_fills_no_memory(process: Process, path, status):
    response = process.ask(path)

    assert response.status_code == status
    assert process.size == 0


def test_unknown_host_is_refused_though_the_page_is_in_memory(process: Process):
    process.ask("/hotels/")

    response = process.ask("/hotels/", host="elsewhere.example")

    assert response.status_code == 400


def test_page_of_one_host_is_not_given_to_another(process: Process):
    process.ask("/hotels/", host="localhost")
    size = process.size

    process.ask("/hotels/", host="127.0.0.1")

    assert process.size > size


def test_sending_is_refused_though_the_page_is_in_memory(process: Process):
    process.ask("/hotels/")

    assert process.ask("/hotels/", "POST").status_code == 405


@pytest.mark.parametrize(
    "header",
    (
        {"Cache-Control": "no-store"},
        {"Cache-Control": "private, max-age=3"},
        {"Vary": "Cookie"},
        {"Content-Encoding": "br"},
    ),
)
def test_answer_that_says_so_is_not_kept(
    process: Process, settings: Settings, header: dict[str, str]
):
    settings.PAGE_CACHE_BYTES = 1_000_000
    match = resolve("/hotels/")

    def answer(request: HttpRequest) -> HttpResponse:
        request.resolver_match = match
        return HttpResponse("ours", headers=header)

    cache = PageCacheMiddleware(answer)
    cache(RequestFactory().get("/hotels/"))

    assert cache.memory.size == 0


def test_answer_with_a_cookie_is_not_kept(home: HomePage, settings: Settings):
    settings.PAGE_CACHE_BYTES = 1_000_000
    match = resolve("/hotels/")

    def answer(request: HttpRequest) -> HttpResponse:
        request.resolver_match = match
        response = HttpResponse("yours")
        response.set_cookie("who", "you")
        return response

    cache = PageCacheMiddleware(answer)
    cache(RequestFactory().get("/hotels/"))

    assert cache.memory.size == 0


def test_draft_is_previewed_beside_the_page_in_memory(
    process: Process, settings: Settings
):
    published = process.read("/hotels/")
    page = AudiencePage.objects.get(slug="hotels")
    page.heading = "A heading nobody has agreed to"

    settings.PAGE_CACHE_BYTES = 1_000_000
    preview = page.make_preview_request()

    assert "A heading nobody has agreed to" in preview.text
    assert "Content-Encoding" not in preview.headers
    assert process.read_a_second_later("/hotels/") == published


def test_saving_a_draft_keeps_the_pages_in_memory(
    process: Process, django_assert_num_queries
):
    process.read("/hotels/")
    page = AudiencePage.objects.get(slug="hotels")
    page.heading = "A heading nobody has agreed to"

    page.save_revision()

    process.clock.seconds += 1
    with django_assert_num_queries(1):
        assert "nobody has agreed" not in process.read("/hotels/")


def test_page_that_is_not_kept_is_packed_too(process: Process):
    plain = process.ask("/hotels/?from=poster")

    packed = process.ask("/hotels/?from=poster", accept_encoding="gzip")

    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in plain.headers
