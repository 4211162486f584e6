"""From a file to a checked list: choosing it, saying what it holds, discarding it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from partners.register import services
from partners.register.enums import ImportState
from partners.register.forms.importing import AgainForm, ColumnsForm, SpreadsheetForm
from partners.register.models import Premises, StagedImport
from partners.register.rendering import portal_context
from partners.register.services import RegisterError
from partners.register.spreadsheets import dropped_columns
from partners.register.views.import_pages import (
    import_context,
    render_import,
    staged_or_404,
)
from partners.register.views.in_memory import held_in_memory
from partners.register.views.managers import for_managers

SAMPLES = 3


@held_in_memory
@require_http_methods(["GET", "POST"])
@for_managers
def upload(request: HttpRequest, manager: User, premises: Premises) -> HttpResponse:
    is_sent = request.method == "POST"
    form = SpreadsheetForm(
        request.POST if is_sent else None, request.FILES if is_sent else None
    )
    if form.is_valid() and (staged := _stage(form, manager, premises)):
        return redirect("register:import-detail", premises.key, staged.key)
    context = {**portal_context(premises, current="people"), "form": form}
    return render(request, "register/import_upload.html", context, status=_status(form))


@require_GET
@for_managers
def detail(
    request: HttpRequest, manager: User, premises: Premises, import_key: str
) -> HttpResponse:
    staged = staged_or_404(premises, import_key)
    if staged.state == ImportState.MAPPING:
        return redirect("register:import-columns", premises.key, staged.key)
    return render_import(request, premises, staged)


@require_http_methods(["GET", "POST"])
@for_managers
def columns(
    request: HttpRequest, manager: User, premises: Premises, import_key: str
) -> HttpResponse:
    staged = staged_or_404(premises, import_key)
    form = _columns_form(request.POST or None, staged)
    if form.is_valid():
        try:
            services.confirm_columns(
                staged=staged,
                fields=form.chosen,
                is_day_first=form.cleaned_data["day_first"],
                is_everybody=form.cleaned_data["is_everybody"],
                actor=manager,
                now=timezone.now(),
            )
        except RegisterError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("register:import-detail", premises.key, staged.key)
    return _columns_page(request, premises, staged, form, _again_form(staged))


@held_in_memory
@require_POST
@for_managers
def again(
    request: HttpRequest, manager: User, premises: Premises, import_key: str
) -> HttpResponse:
    """Read the file once more, with what the manager says of columns we left out."""
    staged = staged_or_404(premises, import_key)
    form = _again_form(staged, request.POST, request.FILES)
    if form.is_valid():
        anew = _stage(form, manager, premises, named=form.named, instead_of=staged)
        if anew is not None:
            return redirect("register:import-columns", premises.key, anew.key)
    return _columns_page(request, premises, staged, _columns_form(None, staged), form)


@require_POST
@for_managers
def discard(
    request: HttpRequest, manager: User, premises: Premises, import_key: str
) -> HttpResponse:
    staged = staged_or_404(premises, import_key)
    try:
        services.discard_import(staged=staged, actor=manager)
    except RegisterError as refusal:
        messages.error(request, str(refusal))
        return render_import(request, premises, staged, status=409)
    messages.success(request, _("The list was discarded. Nobody was added."))
    return redirect("portal:people", premises.key)


def _stage(
    form: SpreadsheetForm, manager: User, premises: Premises, **more: Any
) -> StagedImport | None:
    chosen = form.cleaned_data["spreadsheet"]
    try:
        return services.stage_import(
            premises=premises,
            filename=chosen.name,
            content=chosen.read(),
            actor=manager,
            now=timezone.now(),
            **more,
        )
    except RegisterError as refusal:
        form.add_error("spreadsheet", str(refusal))
        return None


def _columns_form(answers: Any, staged: StagedImport) -> ColumnsForm:
    rows = staged.rows.order_by("number")[:SAMPLES]
    return ColumnsForm(answers, staged=staged, samples=[row.cells for row in rows])


def _again_form(staged: StagedImport, *answers: Any) -> AgainForm:
    dropped = dropped_columns(staged)
    return AgainForm(*answers, headings=[*dropped["unknown"], *dropped["misnamed"]])


def _columns_page(
    request: HttpRequest,
    premises: Premises,
    staged: StagedImport,
    form: ColumnsForm,
    again: AgainForm,
) -> HttpResponse:
    context = {**import_context(premises, staged), "form": form, "again": again}
    status = _status(again) if again.errors else _status(form)
    return render(request, "register/import_columns.html", context, status=status)


def _status(form: SpreadsheetForm | ColumnsForm) -> int:
    return 422 if form.errors else 200
