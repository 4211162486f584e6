from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.shortcodes import fold, is_well_formed
from partners.training.models import CERTIFICATE_CODE_LENGTH, Completion


@never_cache
@require_GET
def certificate_check(request: HttpRequest, code: str) -> HttpResponse:
    """Say to anybody whether a certificate is ours and still valid."""
    folded = fold(code)
    completion = (
        Completion.objects.with_is_withdrawn()
        .select_related("module", "staff_member")
        .filter(certificate_code=folded)
        .first()
    )
    context = {
        "code": folded[:20],
        "completion": completion,
        "is_mistyped": not is_well_formed(folded, length=CERTIFICATE_CODE_LENGTH),
        "is_valid": completion is not None
        and not completion.is_withdrawn  # type: ignore[attr-defined] # annotated by with_is_withdrawn
        and completion.is_valid_on(timezone.localdate()),
    }
    status = 200 if completion else 404
    response = render(request, "training/verify.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
