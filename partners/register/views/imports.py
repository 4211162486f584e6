from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from partners.register import services
from partners.register.enums import ImportState, RowOutcome
from partners.register.forms import ColumnsForm, SpreadsheetForm
from partners.register.models import Premises, StagedImport
from partners.register.rendering import portal_context
from partners.register.services import RegisterError
from partners.register.spreadsheets import dropped_columns, problems_of
from partners.register.views.managers import for_managers

PROBLEMS_PER_PAGE = 100
SAMPLES = 3


@require_http_methods(["GET", "POST"])
@for_managers
def upload(request: HttpRequest, manager: User, premises: Premises) -> HttpResponse:
    is_sent = request.method == "POST"
    form = SpreadsheetForm(
        request.POST if is_sent else None, request.FILES if is_sent else None
    )
    if form.is_valid():
        chosen = form.cleaned_data["spreadsheet"]
        try:
            staged = services.stage_import(
                premises=premises,
                filename=chosen.name,
                content=chosen.read(),
                actor=manager,
                now=timezone.now(),
            )
        except RegisterError as refusal:
            form.add_error("spreadsheet", str(refusal))
        else:
            return redirect("register:import-detail", premises.key, staged.key)
    context = {**portal_context(premises, current="people"), "form": form}
    return render(request, "register/import_upload.html", context, status=_status(form))


@require_GET
@for_managers
def detail(
    request: HttpRequest, manager: User, premises: Premises, import_key: str
) -> HttpResponse:
    staged = _staged(premises, import_key)
    if staged.state == ImportState.MAPPING:
        return redirect("register:import-columns", premises.key, staged.key)
    return _render_checked(request, premises, staged)


@require_http_methods(["GET", "POST"])
@for_managers
def columns(
    request: HttpRequest, manager: User, premises: Premises, import_key: str
) -> HttpResponse:
    staged = _staged(premises, import_key)
    rows = staged.rows.order_by("number")[:SAMPLES]
    form = ColumnsForm(
        request.POST or None, staged=staged, samples=[row.cells for row in rows]
    )
    if form.is_valid():
        try:
            services.confirm_columns(
                staged=staged,
                fields=form.chosen,
                is_day_first=form.cleaned_data["day_first"],
                actor=manager,
                now=timezone.now(),
            )
        except RegisterError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("register:import-detail", premises.key, staged.key)
    context = {**_context(premises, staged), "form": form}
    return render(
        request, "register/import_columns.html", context, status=_status(form)
    )


@require_POST
@for_managers
def apply(
    request: HttpRequest, manager: User, premises: Premises, import_key: str
) -> HttpResponse:
    staged = _staged(premises, import_key)
    try:
        services.apply_import(staged=staged, actor=manager, now=timezone.now())
    except RegisterError as refusal:
        messages.error(request, str(refusal))
        return _render_checked(request, premises, staged, status=409)
    return redirect("register:import-detail", premises.key, staged.key)


@require_POST
@for_managers
def discard(
    request: HttpRequest, manager: User, premises: Premises, import_key: str
) -> HttpResponse:
    staged = _staged(premises, import_key)
    try:
        services.discard_import(staged=staged, actor=manager)
    except RegisterError as refusal:
        messages.error(request, str(refusal))
        return _render_checked(request, premises, staged, status=409)
    messages.success(request, _("The list was discarded. Nobody was added."))
    return redirect("portal:people", premises.key)


def _staged(premises: Premises, import_key: str) -> StagedImport:
    return get_object_or_404(StagedImport, premises=premises, key=import_key)


def _context(premises: Premises, staged: StagedImport) -> dict[str, Any]:
    return {
        **portal_context(premises, current="people"),
        "staged": staged,
        "dropped": dropped_columns(staged),
    }


def _render_checked(
    request: HttpRequest, premises: Premises, staged: StagedImport, *, status: int = 200
) -> HttpResponse:
    wrong = staged.rows.filter(outcome=RowOutcome.WRONG).order_by("number")
    page = Paginator(wrong, PROBLEMS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **_context(premises, staged),
        "page_obj": page,
        "problems": problems_of(staged, page.object_list),
    }
    template = f"register/import_{staged.state}.html"
    return render(request, template, context, status=status)


def _status(form: SpreadsheetForm | ColumnsForm) -> int:
    return 422 if form.errors else 200
