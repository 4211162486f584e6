from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.scoping import areas_of, is_board_member, is_officer
from partners.scrutiny.board_panels import parts_of, stats_of
from partners.scrutiny.evaluation import evaluate
from partners.scrutiny.forms import DayForm, SpanForm
from partners.scrutiny.indicators import board_figures
from partners.scrutiny.published import published_rounds


@login_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    if not is_board_member(request.user):
        raise PermissionDenied
    today = timezone.localdate()
    given = {"day": request.GET.get("day", today.isoformat())}
    form = DayForm(given, today=today)
    day = form.cleaned_data["day"] if form.is_valid() else None
    areas = list(areas_of(request.user).order_by("name"))
    figures = board_figures(day=day, areas=areas) if day and areas else None
    context = {
        "form": form,
        "areas": areas,
        "figures": figures,
        "stats": stats_of(figures) if figures else [],
        "parts": parts_of(figures) if figures else [],
    }
    status = 422 if form.errors else 200
    return render(request, "scrutiny/board.html", context, status=status)


@require_safe
def evaluation(request: HttpRequest) -> HttpResponse:
    """Show officers, in the admin, what the released visits of their areas say."""
    if not is_officer(request.user):
        raise Http404
    form = SpanForm(request.GET, today=timezone.localdate())
    found = (
        evaluate(areas=areas_of(request.user), **form.cleaned_data)
        if form.is_valid()
        else None
    )
    context = {
        "page_title": _("Evaluation"),
        "header_icon": "crosshairs",
        "form": form,
        "evaluation": found,
        "published": published_rounds(),
    }
    status = 422 if form.errors else 200
    return render(request, "scrutiny/admin/evaluation.html", context, status=status)
