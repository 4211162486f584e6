"""A manager says that the result of a visit is wrong."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partners.register.models import Premises
from partners.register.rendering import portal_context
from partners.visits.forms import ChallengeForm
from partners.visits.models import TestVisit
from partners.visits.services import VisitError, raise_challenge


@login_required
@require_http_methods(["GET", "POST"])
def challenge(request: HttpRequest, premises_key: str, visit_key: str) -> HttpResponse:
    premises = get_object_or_404(
        Premises.objects.managed_by(request.user), key=premises_key
    )
    released = TestVisit.objects.released().filter(premises=premises)
    visit = get_object_or_404(released, key=visit_key)
    form = ChallengeForm(request.POST or None)
    if form.is_valid():
        try:
            raise_challenge(
                visit=visit,
                reason=form.cleaned_data["reason"],
                manager=request.user,  # type: ignore[arg-type] # signed in: login_required
                now=timezone.now(),
            )
        except VisitError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Thank you. An officer who had no part in the visit looks at it."),
            )
            return redirect("followups:feedback", premises.key, visit.key)
    context = {
        **portal_context(premises, current="tasks"),
        "visit": visit,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "followups/challenge.html", context, status=status)
