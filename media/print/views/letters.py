from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from media.print.feedback_letters import feedback_letter_pdf
from media.print.views.printing import pdf_response
from partners.register.models import Premises
from partners.visits.models import TestVisit


@login_required
@require_GET
def feedback_letter(request: HttpRequest, key: str, visit_key: str) -> HttpResponse:
    """Hand a manager the letter about a released visit; no other exists here."""
    premises = get_object_or_404(Premises.objects.managed_by(request.user), key=key)
    released = TestVisit.objects.released().filter(premises=premises)
    visit = get_object_or_404(released.select_related("premises"), key=visit_key)
    return pdf_response(feedback_letter_pdf(visit), f"feedback-{visit.key}.pdf")
