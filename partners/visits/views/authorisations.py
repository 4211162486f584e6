"""The decisions that allow test visits, as officers enter them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from partners.visits import services
from partners.visits.forms import AuthorisationForm
from partners.visits.models import Authorisation
from partners.visits.services import VisitError
from partners.visits.views.guards import for_officers
from partners.visits.views.pages import HEADER, form_page

PER_PAGE = 25


@require_GET
@for_officers
def authorisation_list(request: HttpRequest, officer: User) -> HttpResponse:
    rows = (
        Authorisation.objects.visible_to(officer)
        .select_related("area", "entered_by")
        .order_by("-review_on", "-pk")
    )
    context = {
        "page_title": _("Authorisations"),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return render(request, "visits/admin/authorisation_list.html", context | HEADER)


@require_http_methods(["GET", "POST"])
@for_officers
def authorisation_add(request: HttpRequest, officer: User) -> HttpResponse:
    form = AuthorisationForm(request.POST or None, officer=officer)
    if form.is_valid():
        try:
            services.enter_authorisation(
                decision=form.decision,
                actor=officer,
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except VisitError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. Visits can rest on it now."))
            return redirect("visits_admin:authorisations")
    title = _("Enter an authorisation")
    return form_page(request, form, title=title, button=_("Keep it"))
