import logging

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import cache_control
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from core.languages import spoken
from core.models import Installation
from core.shortcodes import fold, is_well_formed
from media.codes.counting import count_opening
from media.codes.enums import Prefix
from media.codes.models import CODE_LENGTH, Code
from media.codes.rendering import landing_page, landing_policy, landing_style
from media.codes.rules import is_opening

logger = logging.getLogger(__name__)


@require_safe
@cache_control(private=True, no_store=True)
def landing(request: HttpRequest, prefix: Prefix, text: str) -> HttpResponse:
    code = _code(text)
    if code and is_opening(request.method or "", request.headers):
        _count(code, prefix)
    installation = Installation.objects.current()
    style = landing_style(installation)
    page = landing_page(
        code=code, language=_language(request), installation=installation, style=style
    )
    answer = csp_override(landing_policy(style))(_answer)
    response: HttpResponse = answer(request, page)
    return response


def _answer(request: HttpRequest, page: str) -> HttpResponse:
    return HttpResponse(page)


def _code(text: str) -> Code | None:
    folded = fold(text.rstrip("/"))
    if not is_well_formed(folded, length=CODE_LENGTH):
        return None
    return Code.objects.select_related("premises").filter(text=folded).first()


def _count(code: Code, prefix: Prefix) -> None:
    """Count, but never let a full disk or a locked table stand before the help."""
    try:
        count_opening(code=code, kind=prefix, now=timezone.now())
    except DatabaseError:
        logger.exception("An opening was not counted")


def _language(request: HttpRequest) -> str:
    """Read `?l=pl`, else what the browser asks for; a cookie is never looked at."""
    asked = request.headers.get("Accept-Language", "")
    wished = [wish for wish, _ in parse_accept_lang_header(asked)]
    for wish in (request.GET.get("l", ""), *wished):
        try:
            return spoken(get_supported_language_variant(wish))
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
