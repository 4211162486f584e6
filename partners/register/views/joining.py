from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from partners.register import services
from partners.register.enums import JoinState
from partners.register.forms.joining import JoinForm
from partners.register.services import RegisterError


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    # Only a robot fills in a field that nobody sees; it is told nothing of it.
    if request.POST.get("website"):
        return redirect("register:join-sent")
    form = JoinForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            services.ask_to_join(
                answers=form.answers,
                challenge=form.cleaned_data["challenge"],
                answer=form.cleaned_data["answer"],
                now=timezone.now(),
            )
        except RegisterError as error:
            form.add_error(None, str(error))
            status = 429
        else:
            has_proof = bool(form.cleaned_data["answer"])
            return redirect("register:join-sent" if has_proof else "register:join-call")
    context = {"form": form, "challenge": services.new_challenge(now=timezone.now())}
    return render(request, "register/join.html", context, status=status)


@require_GET
def join_call(request: HttpRequest) -> HttpResponse:
    return render(request, "register/join_call.html")


@require_GET
def join_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "register/join_sent.html")


@require_http_methods(["GET", "POST"])
def join_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for one press of a button: mail scanners open links, they press nothing."""
    wanted = services.request_of_link(token)
    if wanted is None:
        return render(request, "register/join_unknown_link.html", status=404)
    if request.method == "POST":
        try:
            wanted = services.confirm_address(request=wanted, now=timezone.now())
        except RegisterError as error:
            context = {"problem": str(error)}
            return render(
                request, "register/join_unknown_link.html", context, status=410
            )
    is_open = wanted.state == JoinState.UNCONFIRMED
    template = "join_confirm" if is_open else "join_confirmed"
    return render(request, f"register/{template}.html", {"join_request": wanted})
