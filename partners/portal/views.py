from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core.panels import panels_for
from partners.register.models import Premises
from partners.register.rendering import portal_context

PEOPLE_PER_PAGE = 50


@login_required
@require_GET
def premises_list(request: HttpRequest) -> HttpResponse:
    managed = list(Premises.objects.managed_by(request.user).order_by("name", "pk"))
    if len(managed) == 1:
        return redirect("portal:premises", managed[0].key)
    return render(request, "portal/premises_list.html", {"managed": managed})


@login_required
@require_GET
def home(request: HttpRequest, key: str) -> HttpResponse:
    premises = get_object_or_404(Premises.objects.managed_by(request.user), key=key)
    context = {
        **portal_context(premises, current="home"),
        "panels": panels_for("premises.home", request, premises),
    }
    return render(request, "portal/home.html", context)


@login_required
@require_GET
def people(request: HttpRequest, key: str) -> HttpResponse:
    premises = get_object_or_404(Premises.objects.managed_by(request.user), key=key)
    spells = (
        premises.spells.in_post(timezone.localdate())
        .select_related("staff_member")
        .order_by("staff_member__name", "pk")
    )
    page = Paginator(spells, PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    context = {**portal_context(premises, current="people"), "page_obj": page}
    return render(request, "portal/people.html", context)
