"""Where GOV.UK Notify tells how a message ended."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from outbox import services

LONGEST = 10_000


@csrf_exempt
@require_POST
def notify_receipt(request: HttpRequest) -> HttpResponse:
    """Note a delivery receipt; only Notify knows the token.

    A message we do not know, or know the end of, is answered like any other: Notify
    would else send the receipt again.
    """
    token = settings.NOTIFY["callback_token"]
    if not token:
        raise Http404
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"Bearer {token}"):
        return _refuse("The token is wrong.", status=403)
    receipt = _receipt(request)
    if receipt is None:
        return _refuse("This is no receipt.", status=400)
    services.note_receipt(
        reference=str(receipt["reference"] or ""),
        provider_id=str(receipt["id"]),
        status=str(receipt["status"]),
        at=timezone.now(),
    )
    return HttpResponse(status=204)


def _refuse(words: str, *, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain")


def _receipt(request: HttpRequest) -> dict[str, object] | None:
    if len(request.body) > LONGEST:
        return None
    try:
        receipt = json.loads(request.body)
    except ValueError:
        return None
    if isinstance(receipt, dict) and {"id", "reference", "status"} <= receipt.keys():
        return receipt
    return None
