from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from partners.training import services, sessions
from partners.training.forms import SignInForm
from partners.training.services import TrainingError


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest, staff_code: str = "") -> HttpResponse:
    form = SignInForm(request.POST or None, initial={"staff_code": staff_code.upper()})
    now = timezone.now()
    if form.is_valid():
        try:
            slip = services.sign_in(**form.cleaned_data, now=now)
        except TrainingError as error:
            form.add_error(None, str(error))
        else:
            sessions.begin(request, slip, now)
            return redirect("training:modules")
    context = {"form": form, "is_prefilled": bool(staff_code)}
    status = 422 if form.is_bound else 200
    return render(request, "training/sign_in.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    sessions.end(request)
    return render(request, "training/signed_out.html")
