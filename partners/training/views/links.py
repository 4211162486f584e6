"""Where a link leads that was sent to one person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.languages import speak
from partners.training import services, sessions
from partners.training.services import LinkUnknownError, TrainingError


@require_http_methods(["GET", "HEAD", "POST"])
def go(request: HttpRequest, token: str) -> HttpResponse:
    """Show whose link it is; only the button below signs in, no program that looks."""
    now = timezone.now()
    try:
        if request.method == "POST":
            is_shared = request.POST.get("device") == "shared"
            link = services.sign_in_by_link(token=token, is_shared=is_shared, now=now)
            sessions.begin(request, link, now)
            if language := sessions.chosen_language(request):
                services.choose_language(
                    staff_member=link.staff_member, language=language
                )
            return redirect("training:modules")
        link = services.link_of(token=token, now=now)
    except TrainingError as error:
        status = 404 if isinstance(error, LinkUnknownError) else 410
        context = {"problem": str(error)}
        return render(request, "training/link_refused.html", context, status=status)
    chosen = sessions.chosen_language(request)
    speak(request, chosen or link.staff_member.language)
    return render(request, "training/link.html", {"link": link})
