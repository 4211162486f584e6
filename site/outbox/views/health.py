"""Signs of life for whoever watches the machine: `ok`, or 503 and one sentence."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from outbox import standstill


@never_cache
@require_safe
def clock(request: HttpRequest) -> HttpResponse:
    return _answer(standstill.of_the_clock(now=timezone.now()))


@never_cache
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    return _answer(standstill.of_messages(now=timezone.now()))


def _answer(trouble: str) -> HttpResponse:
    status = 503 if trouble else 200
    return HttpResponse(trouble or "ok", status=status, content_type="text/plain")
