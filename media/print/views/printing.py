from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
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
from media.print.certificates import cards_pdf, certificate_pdf
from media.print.forms import PosterForm, SlipsForm
from media.print.posters import PosterError, poster_pdf
from media.print.services import make_poster
from media.print.session_sheets import session_sheet_of
from media.print.slips import slips_pdf
from partners.register.models import Premises
from partners.register.rendering import portal_context
from partners.training.enums import SessionState
from partners.training.models import Completion, CompletionQuerySet, TrainingSession
from partners.training.services import TrainingError, print_slips
from partners.training.sessions import Learner, learner_required

CERTIFICATES_PER_PAGE = 50


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
    return pdf_response(pdf, f"poster-{code.text}.pdf")


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
            return pdf_response(slips_pdf(premises, printed), "slips.pdf")
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


@login_required
@require_GET
def certificates(request: HttpRequest, key: str) -> HttpResponse:
    premises = _managed(request, key)
    page = _page_of_certificates(request, premises)
    cards_url = reverse("print:cards", args=[key], query={"page": page.number})
    context = {
        **portal_context(premises, current="people"),
        "page_obj": page,
        "cards_url": cards_url,
    }
    return render(request, "print/certificates.html", context)


@login_required
@require_GET
@cache_control(private=True, no_store=True)
def cards(request: HttpRequest, key: str) -> HttpResponse:
    """Give the cards of one page of the list, on as few sheets as they take."""
    premises = _managed(request, key)
    shown = list(_page_of_certificates(request, premises).object_list)
    if not shown:
        raise Http404
    return pdf_response(cards_pdf(shown), "cards.pdf")


@login_required
@require_GET
@cache_control(private=True, no_store=True)
def managers_certificate(
    request: HttpRequest, key: str, code: str, form: str
) -> HttpResponse:
    here = Completion.objects.of_people_at(_managed(request, key), timezone.localdate())
    return _certificate(here, code, form)


@require_GET
@cache_control(private=True, no_store=True)
@learner_required
def certificate(
    request: HttpRequest, learner: Learner, code: str, form: str
) -> HttpResponse:
    own = Completion.objects.filter(staff_member=learner.staff_member)
    return _certificate(own, code, form)


@require_safe
def old_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Lead on to the check: the paper itself is for its person and their manager."""
    return redirect("verify:certificate", code)


def _certificate(completions: CompletionQuerySet, code: str, form: str) -> HttpResponse:
    if form not in {"certificate", "card"}:
        raise Http404
    completion = get_object_or_404(
        completions.standing().with_words(), certificate_code=fold(code)
    )
    pdf = (
        certificate_pdf(completion)
        if form == "certificate"
        else cards_pdf([completion])
    )
    return pdf_response(pdf, f"{form}-{completion.certificate_code}.pdf")


def _page_of_certificates(
    request: HttpRequest, premises: Premises
) -> "Page[Completion]":
    """Return the certificates of people in post that are valid today."""
    today = timezone.localdate()
    here = Completion.objects.standing().of_people_at(premises, today)
    valid = here.valid_on(today)
    ordered = (
        valid.newest_of_each()
        .with_words()
        .order_by("staff_member__name", "staff_member", "module__title", "pk")
    )
    return Paginator(ordered, CERTIFICATES_PER_PAGE).get_page(request.GET.get("page"))


def _managed(request: HttpRequest, key: str) -> Premises:
    managed = Premises.objects.managed_by(request.user).select_related("organisation")
    return get_object_or_404(managed, key=key)


def pdf_response(content: bytes, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
