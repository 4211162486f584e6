"""What officers see of the premises in their areas."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import User
from core.panels import panels_for
from partners.register.forms import PremisesFilter
from partners.register.models import ManagerLink, Premises, Spell
from partners.register.views.officers import for_officers

ROWS_PER_PAGE = 50


@require_GET
@for_officers
def premises_list(request: HttpRequest, officer: User) -> HttpResponse:
    form = PremisesFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = Premises.objects.in_areas_of(officer)
    if state := wanted.get("state"):
        found = found.filter(state=state)
    if words := wanted.get("q"):
        found = found.matching(words)
    rows = found.with_in_post(timezone.localdate()).select_related(
        "organisation", "area"
    )
    context = {
        "page_title": _("Premises"),
        "header_icon": "home",
        "form": form,
        "page_obj": Paginator(rows.order_by("name", "pk"), ROWS_PER_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "register/premises_list.html", context)


@require_GET
@for_officers
def premises_detail(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    visible = Premises.objects.in_areas_of(officer).select_related(
        "organisation", "area"
    )
    premises = get_object_or_404(visible, key=key)
    today = timezone.localdate()
    links = ManagerLink.objects.filter(premises=premises).select_related("user")
    context = {
        "page_title": premises.name,
        "header_icon": "home",
        "premises": premises,
        "in_post": Spell.objects.in_post(today).filter(premises=premises).people(),
        "managers": links.order_by("ended_at", "started_at", "pk"),
        "panels": panels_for("premises.officer", request, premises),
    }
    return render(request, "register/premises_detail.html", context)
