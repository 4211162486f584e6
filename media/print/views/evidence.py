"""Evidence packs: for their managers to issue, for everybody to check."""

import io

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_safe,
)

from accounts.models import User
from core.shortcodes import fold, is_well_formed
from media.print.checking import check_of
from media.print.exporting import XLSX, write_pack
from media.print.models import PACK_CODE_LENGTH, EvidencePack
from media.print.packs import pack_pdf
from media.print.services import issue_pack
from partners.register.models import Premises
from partners.register.rendering import portal_context
from partners.register.views.managers import for_managers

PACKS_PER_PAGE = 25


@require_http_methods(["GET", "POST"])
@for_managers
def packs(request: HttpRequest, manager: User, premises: Premises) -> HttpResponse:
    if request.method == "POST":
        issue_pack(premises=premises, actor=manager, now=timezone.now())
        return redirect("print:packs", premises.key)
    issued = EvidencePack.objects.of_controller(premises).select_related("issued_by")
    page = Paginator(issued.order_by("-issued_at", "-pk"), PACKS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {**portal_context(premises, current="home"), "page_obj": page}
    return render(request, "print/packs.html", context)


@require_GET
@cache_control(private=True, no_store=True)
@for_managers
def pack(
    request: HttpRequest, manager: User, premises: Premises, code: str, form: str
) -> HttpResponse:
    """Hand out a pack that was issued, as often as it is wanted."""
    if form not in {"pdf", "xlsx"}:
        raise Http404
    issued = EvidencePack.objects.of_controller(premises)
    found = get_object_or_404(
        issued.select_related("premises", "organisation"), code=fold(code)
    )
    if form == "pdf":
        content, kind = pack_pdf(found), "application/pdf"
    else:
        file = io.BytesIO()
        write_pack(file, found)
        content, kind = file.getvalue(), XLSX
    answer = HttpResponse(content, content_type=kind)
    name = f"evidence-{found.day.isoformat()}-{found.code}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@never_cache
@require_safe
def pack_check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Tell anybody what a pack was issued with, and how these premises stand now.

    Whatever is typed, the answer is a page that helps.
    """
    folded = fold(code)
    found = (
        EvidencePack.objects.filter(code=folded)
        .select_related("premises", "organisation")
        .first()
    )
    context = {
        "code": folded[:20],
        "pack": found,
        "is_mistyped": not is_well_formed(folded, length=PACK_CODE_LENGTH),
        "check": check_of(found, today=timezone.localdate()) if found else None,
    }
    response = render(request, "print/verify_pack.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
