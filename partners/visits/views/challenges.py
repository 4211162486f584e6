"""Results that managers challenge, in the Wagtail admin."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from partners.visits import services
from partners.visits.enums import ChallengeState
from partners.visits.forms import DecisionForm
from partners.visits.models import Challenge, Observation
from partners.visits.services import VisitError
from partners.visits.views.guards import for_officers
from partners.visits.views.pages import HEADER

PER_PAGE = 25


@require_GET
@for_officers
def challenge_list(request: HttpRequest, officer: User) -> HttpResponse:
    """List what is still to be decided first, then the newest."""
    challenges = (
        Challenge.objects.visible_to(officer)
        .select_related("visit__premises")
        .by_urgency()
    )
    context = {
        "page_title": _("Challenged results"),
        "page": Paginator(challenges, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "visits/admin/challenge_list.html", context | HEADER)


@require_http_methods(["GET", "POST"])
@for_officers
def challenge_detail(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    challenge = get_object_or_404(
        Challenge.objects.visible_to(officer).select_related(
            "visit__premises__area", "visit__scenario", "raised_by", "decided_by"
        ),
        key=key,
    )
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        try:
            services.decide_challenge(
                challenge=challenge,
                is_upheld=form.cleaned_data["decision"] == ChallengeState.UPHELD,
                answer=form.cleaned_data["answer"],
                actor=officer,
                now=timezone.now(),
            )
        except VisitError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Decided. The managers are told."))
            return redirect("visits_admin:challenge", challenge.key)
    context = {
        "page_title": challenge.visit.premises.name,
        "page_subtitle": challenge.get_state_display(),
        "challenge": challenge,
        "visit": challenge.visit,
        "observations": Observation.objects.of_visit(challenge.visit),
        "form": form,
        "may_decide": services.may_decide(officer, challenge.visit),
    }
    status = 422 if form.errors else 200
    return render(
        request, "visits/admin/challenge_detail.html", context | HEADER, status=status
    )
