from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.shortcodes import fold, is_well_formed
from partners.training.models import CERTIFICATE_CODE_LENGTH, Completion
from partners.training.rules import initials


@never_cache
@require_safe
def certificate_check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Say to anybody whether a certificate is ours and still valid.

    To compare with the paper, and no more: initials, not the name. Whatever is typed,
    the answer is a page that helps; what is on paper is never answered with an error.
    """
    folded = fold(code)
    found = Completion.objects.with_is_withdrawn().with_words()
    completion = found.filter(certificate_code=folded).first()
    context = {
        "code": folded[:20],
        "completion": completion,
        "is_mistyped": not is_well_formed(folded, length=CERTIFICATE_CODE_LENGTH),
        **(_facts(completion) if completion else {}),
    }
    response = render(request, "training/verify.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _facts(completion: Completion) -> dict[str, object]:
    version = completion.version
    return {
        "is_valid": not completion.is_withdrawn  # type: ignore[attr-defined] # annotated by with_is_withdrawn
        and completion.is_valid_on(timezone.localdate()),
        "initials": initials(completion.staff_member.name),
        "premises": completion.passed_at_work_in,
        "is_newer_out": completion.module.versions.filter(
            number__gt=version.number
        ).exists(),
    }
