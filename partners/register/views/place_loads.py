"""The lists of authorities: which belong to an area, and each reading of one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from accounts.models import User
from accounts.scoping import areas_of
from partners.register import services
from partners.register.enums import LoadOrigin, LoadState, PlaceOutcome
from partners.register.forms.area_places import (
    AnswersForm,
    AuthoritySearch,
    LoadForm,
    SourceForm,
)
from partners.register.models import PlaceLoad, PlaceLoadRow, PlaceSource, Premises
from partners.register.opendata import Authority
from partners.register.services import RegisterError
from partners.register.views.officers import for_officers

ROWS_PER_PAGE = 50
MOST_FOUND = 30
SECONDS_BETWEEN_LOOKS = "3"
# From what wants an answer to what wants none.
TABS = (
    *(PlaceOutcome.LIKELY, PlaceOutcome.NEW, PlaceOutcome.CHANGED),
    *(PlaceOutcome.GONE, PlaceOutcome.ELSEWHERE, PlaceOutcome.KNOWN),
)


@require_GET
@for_officers
def source_list(request: HttpRequest, officer: User) -> HttpResponse:
    counted = Q(places__gone_on__isnull=True, places__not_counted="")
    sources = (
        PlaceSource.objects.in_areas_of(officer)
        .select_related("area", "last_loaded_by")
        .annotate(businesses=Count("places", filter=counted))
        .prefetch_related(
            Prefetch("loads", PlaceLoad.objects.open(), to_attr="open_loads")
        )
        .order_by("area__name", "authority_name", "pk")
    )
    context = {
        "page_title": _("Lists of authorities"),
        "header_icon": "download",
        "page_obj": Paginator(sources, ROWS_PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "register/places/sources.html", context)


@require_http_methods(["GET", "POST"])
@for_officers
def source_add(request: HttpRequest, officer: User) -> HttpResponse:
    """Find an authority by its name, or take its code as it is typed."""
    areas = areas_of(officer)
    form = SourceForm(request.POST if request.method == "POST" else None, areas=areas)
    if form.is_valid():
        try:
            source = services.add_source(actor=officer, **form.cleaned_data)
        except RegisterError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("area-places:load", source.pk)
    search = AuthoritySearch(request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    found: list[Authority] = []
    trouble = ""
    if words:
        try:
            found = services.find_authorities(words)
        except RegisterError as refusal:
            trouble = str(refusal)
    context = {
        "page_title": _("Add the list of an authority"),
        "header_icon": "download",
        "form": form,
        "search": search,
        "words": words,
        "found": found[:MOST_FOUND],
        "trouble": trouble,
        "areas": areas.order_by("name", "pk"),
    }
    status = 422 if form.errors else 200
    return render(request, "register/places/source_add.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_officers
def load_start(request: HttpRequest, officer: User, pk: int) -> HttpResponse:
    source = get_object_or_404(
        PlaceSource.objects.in_areas_of(officer).select_related("area"), pk=pk
    )
    is_sent = request.method == "POST"
    form = LoadForm(
        request.POST if is_sent else None, request.FILES if is_sent else None
    )
    if form.is_valid():
        try:
            load = _start(source, form, officer)
        except RegisterError as refusal:
            is_file = form.cleaned_data["origin"] == LoadOrigin.FILE
            form.add_error("list_file" if is_file else None, str(refusal))
        else:
            return redirect("area-places:load-detail", load.key)
    context = {
        "page_title": _("Load the list"),
        "page_subtitle": source.authority_name,
        "header_icon": "download",
        "source": source,
        "form": form,
        "open_load": source.loads.open().first(),
    }
    status = 422 if form.errors else 200
    return render(request, "register/places/load_start.html", context, status=status)


def _start(source: PlaceSource, form: LoadForm, officer: User) -> PlaceLoad:
    known: dict[str, Any] = {
        "source": source,
        "business_types": form.cleaned_data["business_types"],
        "actor": officer,
        "now": timezone.now(),
    }
    origin = LoadOrigin(form.cleaned_data["origin"])
    if origin == LoadOrigin.FILE:
        content = form.cleaned_data["list_file"].read()
        return services.start_load_from_file(content=content, **known)
    return services.start_load(origin=origin, **known)


@require_GET
@for_officers
def load_detail(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    return _render_load(request, officer, _visible(officer, key))


@require_POST
@for_officers
def load_answer(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    """Keep the answers of the page that was shown, and apply when that was asked."""
    load = _visible(officer, key)
    form = None
    try:
        if "answers" in request.POST:
            page = _page(load, PlaceOutcome.LIKELY, request.POST.get("page"))
            form = _answers(officer, page, request)
            _keep_answers(load, form, officer)
        if "apply" in request.POST:
            services.confirm_load(load=load, actor=officer, now=timezone.now())
    except RegisterError as refusal:
        messages.error(request, str(refusal))
        return _render_load(request, officer, load, form=form, status=422)
    if "apply" not in request.POST:
        messages.success(request, _("Your answers are kept."))
    return redirect("area-places:load-detail", load.key)


def _keep_answers(load: PlaceLoad, form: AnswersForm, officer: User) -> None:
    if not form.is_valid():
        raise RegisterError(_("Choose one of the premises that are offered."))
    services.keep_choices(load=load, choices=form.choices, actor=officer)


@require_POST
@for_officers
def load_resume(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    load = _visible(officer, key)
    try:
        services.resume_load(load=load, actor=officer)
    except RegisterError as refusal:
        messages.error(request, str(refusal))
    return redirect("area-places:load-detail", load.key)


@require_POST
@for_officers
def load_discard(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    load = _visible(officer, key)
    try:
        services.discard_load(load=load, actor=officer)
    except RegisterError as refusal:
        messages.error(request, str(refusal))
        return redirect("area-places:load-detail", load.key)
    messages.success(request, _("The list was discarded. Nothing has changed."))
    return redirect("area-places:sources")


def _visible(officer: User, key: str) -> PlaceLoad:
    loads = PlaceLoad.objects.in_areas_of(officer)
    return get_object_or_404(
        loads.select_related("source__area", "started_by", "confirmed_by"), key=key
    )


def _page(
    load: PlaceLoad, outcome: PlaceOutcome, number: str | None
) -> Page[PlaceLoadRow]:
    rows = load.rows.filter(outcome=outcome).select_related("place", "chosen")
    return Paginator(rows.order_by("name", "pk"), ROWS_PER_PAGE).get_page(number)


def _answers(
    officer: User, page: Page[PlaceLoadRow], request: HttpRequest | None = None
) -> AnswersForm:
    rows = list(page)
    wanted = {pk for row in rows for pk in row.candidates}
    premises = Premises.objects.in_areas_of(officer).in_bulk(sorted(wanted))
    answers = request.POST if request else None
    return AnswersForm(answers, rows=rows, premises=premises)


def _render_load(
    request: HttpRequest,
    officer: User,
    load: PlaceLoad,
    *,
    form: AnswersForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "page_title": _("List of %(authority)s")
        % {"authority": load.source.authority_name},
        "page_subtitle": load.get_state_display(),
        "header_icon": "download",
        "load": load,
    }
    if load.state == LoadState.PREVIEW:
        context |= _preview(request, officer, load, form)
    if load.state == LoadState.APPLYING:
        context |= _progress(load)
    template = f"register/places/load_{load.state}.html"
    response = render(request, template, context, status=status)
    if load.state in {LoadState.READING, LoadState.APPLYING}:
        # Looks again without script; each look is an ordinary page.
        response["Refresh"] = SECONDS_BETWEEN_LOOKS
    return response


def _preview(
    request: HttpRequest, officer: User, load: PlaceLoad, form: AnswersForm | None
) -> dict[str, Any]:
    tabs = [(one, load.counts.get(one, 0)) for one in TABS if load.counts.get(one)]
    asked = request.GET.get("outcome", "")
    outcome = next((one for one, _number in tabs if one == asked), None)
    outcome = outcome or (tabs[0][0] if tabs else PlaceOutcome.NEW)
    number = request.POST.get("page") or request.GET.get("page")
    page = _page(load, outcome, number)
    if outcome == PlaceOutcome.LIKELY:
        form = form or _answers(officer, page)
    gone, known = (load.counts.get(one, 0) for one in ("gone", "known"))
    return {
        "tabs": tabs,
        "outcome": outcome,
        "page_obj": page,
        "form": form if outcome == PlaceOutcome.LIKELY else None,
        "query": f"outcome={outcome.value}&",
        "is_suspicious": gone > 10 and gone > known + load.counts.get("changed", 0),
    }


def _progress(load: PlaceLoad) -> dict[str, int]:
    done = load.rows.filter(is_done=True).count()
    return {"done": done, "total": sum(load.counts.values())}
