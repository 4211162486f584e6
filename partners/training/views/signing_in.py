from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.languages import speak
from partners.register.models import StaffMember
from partners.training import services, sessions
from partners.training.forms import SignInForm
from partners.training.services import TrainingError


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest, staff_code: str = "") -> HttpResponse:
    speak(request, sessions.chosen_language(request) or settings.LANGUAGE_CODE)
    form = SignInForm(request.POST or None, initial={"staff_code": staff_code.upper()})
    now = timezone.now()
    if form.is_valid():
        try:
            slip = services.sign_in(**form.cleaned_data, now=now)
        except TrainingError as error:
            form.add_error(None, str(error))
        else:
            sessions.begin(request, slip, now)
            _take_language(request, slip.staff_member)
            return redirect("training:modules")
    context = {"form": form, "is_prefilled": bool(staff_code)}
    status = 422 if form.is_bound else 200
    return render(request, "training/sign_in.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if learner := sessions.learner_of(request, timezone.now()):
        speak(request, learner.language)
    sessions.end(request)
    return render(request, "training/signed_out.html")


def _take_language(request: HttpRequest, person: StaffMember) -> None:
    """Go on in the language in which somebody read how to sign in."""
    if language := sessions.chosen_language(request):
        services.choose_language(staff_member=person, language=language)
