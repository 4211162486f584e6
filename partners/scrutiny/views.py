from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.scoping import areas_of, is_board_member
from partners.scrutiny.board_panels import parts_of, stats_of
from partners.scrutiny.forms import DayForm
from partners.scrutiny.indicators import board_figures


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
