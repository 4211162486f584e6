from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from campaigns.learning.models import Module, ModuleVersion
from campaigns.learning.rendering import team_talk_of
from core.shortcodes import fold
from media.codes.services import CodeError
from media.print.certificates import certificate_pdf
from media.print.forms import PosterForm, SlipsForm
from media.print.posters import PosterError, poster_pdf
from media.print.services import make_poster
from media.print.session_sheets import session_sheet_of
from media.print.slips import slips_pdf
from partners.register.models import Premises
from partners.register.rendering import portal_context
from partners.training.enums import SessionState
from partners.training.models import Completion, TrainingSession
from partners.training.services import TrainingError, print_slips


@login_required
@require_http_methods(["GET", "POST"])
def posters(request: HttpRequest, key: str) -> HttpResponse:
    premises = _managed(request, key)
    form = PosterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            code = make_poster(
                premises=premises,
                place=form.cleaned_data["place"],
                actor=request.user,  # type: ignore[arg-type] # signed in: login_required
                now=timezone.now(),
            )
        except (CodeError, PosterError) as error:
            form.add_error(None, str(error))
        else:
            return redirect("print:poster", premises.key, code.text)
    codes = premises.codes.on_walls().order_by("-issued_at", "-pk")
    context = {
        **portal_context(premises, current="posters"),
        "form": form,
        "codes": codes,
    }
    status = 422 if form.errors else 200
    return render(request, "print/posters.html", context, status=status)


@login_required
@require_GET
def poster(request: HttpRequest, key: str, text: str) -> HttpResponse:
    premises = _managed(request, key)
    code = get_object_or_404(
        premises.codes.on_walls().select_related("premises"), text=fold(text)
    )
    try:
        pdf = poster_pdf(code)
    except PosterError as error:
        messages.error(request, str(error))
        return redirect("print:posters", premises.key)
    return _pdf(pdf, f"poster-{code.text}.pdf")


@login_required
@require_POST
def slips(request: HttpRequest, key: str) -> HttpResponse:
    premises = _managed(request, key)
    now = timezone.now()
    form = SlipsForm(request.POST, premises=premises, today=timezone.localdate(now))
    if form.is_valid():
        try:
            printed = print_slips(
                premises=premises,
                staff_members=form.chosen(),
                actor=request.user,  # type: ignore[arg-type] # signed in: login_required
                now=now,
            )
        except TrainingError as error:
            form.add_error(None, str(error))
        else:
            return _pdf(slips_pdf(premises, printed), "slips.pdf")
    for problem in form.errors.values():
        messages.error(request, " ".join(map(str, problem)))
    return redirect("portal:premises", premises.key)


@login_required
@require_GET
def team_talk(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """Show a module as a sheet to talk through at one premises, and to sign."""
    premises = _managed(request, key)
    version = ModuleVersion.objects.current(
        get_object_or_404(Module, slug=slug), settings.LANGUAGE_CODE
    )
    if version is None:
        raise Http404
    talk = team_talk_of(version, today=timezone.localdate(), area=premises.area)
    context = {**talk, "premises": premises}
    return render(request, "learning/team_talk.html", context)


@login_required
@require_GET
def session_sheet(request: HttpRequest, session_key: str) -> HttpResponse:
    """Show the sheet of a session: the code to sign in with, and lines to sign."""
    sessions = TrainingSession.objects.run_by(request.user).with_place()
    session = get_object_or_404(sessions, key=session_key)
    if session.state == SessionState.CANCELLED:
        raise Http404
    return render(request, "print/session_sheet.html", session_sheet_of(session))


@require_safe
@cache_control(private=True, no_store=True)
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    completion = get_object_or_404(
        Completion.objects.standing().with_origin().select_related("staff_member"),
        certificate_code=fold(code),
    )
    response = _pdf(certificate_pdf(completion), "certificate.pdf")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _managed(request: HttpRequest, key: str) -> Premises:
    managed = Premises.objects.managed_by(request.user).select_related("organisation")
    return get_object_or_404(managed, key=key)


def _pdf(content: bytes, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
