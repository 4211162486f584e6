from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from accounts.rules import home_of


@require_GET
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Send each person to the place where their work is."""
    return redirect(home_of(request.user))
