"""A guidance page, from memory and made anew, beside a view that is empty.

`cached` is the whole answer from memory; `uncached` is made anew each time from what
a process remembers of its generation (`core.remembering`), as when a page is first
asked for after a change; `cold` is made anew with nothing remembered at all.

All are called in this process, through the WSGI interface and nothing else, and take
turns, so that a busy moment of the machine falls on each.
"""

import time
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from county.content import load_content
from tests.benchmarks.harness import HOST, Case
from tests.benchmarks.serving import Timing

PAGE = "/hotels/"
ROUNDS = 30
TIMES = 100
TIMES_UNCACHED = 5
# What `django-admin startproject` of Django 6.1 writes.
DEFAULTS = {
    "ROOT_URLCONF": "tests.benchmarks.empty_urls",
    "SECURE_SSL_REDIRECT": False,
    "SECURE_HSTS_SECONDS": 0,
    "MIDDLEWARE": [
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
}

type Reader = Callable[[int], Timing]


def cases() -> Iterator[Case]:
    load_content(now=timezone.now())
    # Too small for any page: each is made anew.
    with override_settings(PAGE_CACHE_BYTES=1):
        uncached = WSGIHandler()
    cached = WSGIHandler()
    with override_settings(PAGE_CACHE_BYTES=0):
        cold = WSGIHandler()
    with override_settings(**DEFAULTS):
        empty = WSGIHandler()
    ours = {"cached": cached, "uncached": uncached, "cold": cold}
    queries = {case: _queries_of(handler) for case, handler in ours.items()}
    size = len(_read(cached, PAGE))
    timings = _take_turns(ours, empty, size=size)
    for case in ours:
        yield Case(
            case=case,
            ratio=timings[case].per_second / timings["empty"].per_second,
            baseline="an empty view with the default middleware",
            figures={
                "per_second": timings[case].per_second,
                "p50_ms": timings[case].median_ms,
                "p95_ms": timings[case].p95_ms,
                "empty_per_second": timings["empty"].per_second,
                "bytes": size,
                "queries": queries[case],
            },
        )


def _take_turns(
    ours: dict[str, WSGIHandler], empty: WSGIHandler, *, size: int
) -> dict[str, Timing]:
    timings = {case: Timing([]) for case in (*ours, "empty")}
    for number in range(ROUNDS + 1):
        turn = {}
        for case, handler in ours.items():
            # Another ROOT_URLCONF empties Django's memory of addresses: no server does.
            _read(handler, PAGE)
            times = TIMES if case == "cached" else TIMES_UNCACHED
            turn[case] = _time(handler, PAGE, times)
        with override_settings(**DEFAULTS):
            _read(empty, f"/sized/{size}/")
            turn["empty"] = _time(empty, f"/sized/{size}/", TIMES)
        # The first turn warms up: templates are read, modules imported.
        for case in timings if number else ():
            timings[case].seconds.extend(turn[case].seconds)
    return timings


def _time(handler: WSGIHandler, path: str, times: int) -> Timing:
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        _read(handler, path)
        seconds.append(time.perf_counter() - started)
    return Timing(seconds)


def _read(handler: WSGIHandler, path: str) -> bytes:
    """Ask as a web server does, and take the whole answer."""
    status = ""

    def start(line: str, *_headers: Any) -> Callable[[bytes], object]:
        nonlocal status
        status = line
        return BytesIO().write

    answer = handler(_environment(path), start)
    body = b"".join(answer)
    answer.close()
    if status != "200 OK":
        raise RuntimeError(f"{path} answered {status}.")
    return body


def _environment(path: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": HOST,
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": HOST,
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile",
        "HTTP_ACCEPT": "text/html",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.8",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def _queries_of(handler: WSGIHandler) -> int:
    _read(handler, PAGE)
    with CaptureQueriesContext(connection) as asked:
        _read(handler, PAGE)
    return len(asked)
