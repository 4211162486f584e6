"""What is done with a checked list: putting rows right, adding people, taking back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from partners.register import services
from partners.register.enums import ImportState, RowOutcome
from partners.register.forms.importing import MissingForm, RowForm
from partners.register.models import Premises, Spell, StagedImport, StagedRow
from partners.register.services import RegisterError
from partners.register.spreadsheets import Report
from partners.register.views.import_pages import (
    by_script,
    import_context,
    render_import,
    staged_or_404,
)
from partners.register.views.managers import for_managers


@require_POST
@for_managers
def fix(
    request: HttpRequest,
    manager: User,
    premises: Premises,
    import_key: str,
    number: int,
) -> HttpResponse:
    staged = staged_or_404(premises, import_key)
    row = get_object_or_404(StagedRow, staged_import=staged, number=number)
    if row.outcome != RowOutcome.WRONG:
        return redirect("register:import-detail", premises.key, staged.key)
    problems = Report(staged).wrong_rows([row])[0].problems
    form = RowForm(request.POST, number=number, problems=problems)
    if not form.is_valid():
        return _renewed(request, premises, staged, row_form=form, status=422)
    try:
        staged = services.fix_row(
            staged=staged,
            number=number,
            values=form.values,
            everywhere=form.everywhere,
            actor=manager,
            now=timezone.now(),
        )
    except RegisterError as refusal:
        return _refused(request, premises, staged, refusal)
    return _renewed(request, premises, staged, said=_said(staged, number))


@require_POST
@for_managers
def skip(
    request: HttpRequest,
    manager: User,
    premises: Premises,
    import_key: str,
    number: int,
) -> HttpResponse:
    staged = staged_or_404(premises, import_key)
    takes_up = "take_up" in request.POST
    service = services.unskip_row if takes_up else services.skip_row
    try:
        staged = service(
            staged=staged, number=number, actor=manager, now=timezone.now()
        )
    except RegisterError as refusal:
        return _refused(request, premises, staged, refusal)
    said = (
        _("Row %(number)s is taken up again.")
        if takes_up
        else _("Row %(number)s is left out.")
    )
    return _renewed(request, premises, staged, said=said % {"number": number})


@require_POST
@for_managers
def apply(
    request: HttpRequest, manager: User, premises: Premises, import_key: str
) -> HttpResponse:
    staged = staged_or_404(premises, import_key)
    try:
        services.start_import(staged=staged, actor=manager, now=timezone.now())
    except RegisterError as refusal:
        return _refused(request, premises, staged, refusal)
    return redirect("register:import-detail", premises.key, staged.key)


@require_GET
@for_managers
def progress(
    request: HttpRequest, manager: User, premises: Premises, import_key: str
) -> HttpResponse:
    """Renew the bar of the page that waits; when it is done, the page itself."""
    staged = staged_or_404(premises, import_key)
    if staged.state != ImportState.APPLYING:
        done = redirect("register:import-detail", premises.key, staged.key)
        if by_script(request):
            return HttpResponse(headers={"HX-Redirect": done.url})
        return done
    return render_import(request, premises, staged, part="bar")


@require_http_methods(["GET", "POST"])
@for_managers
def missing(
    request: HttpRequest, manager: User, premises: Premises, import_key: str
) -> HttpResponse:
    staged = staged_or_404(premises, import_key)
    today = timezone.localdate()
    spells = (
        Spell.objects.in_post(today)
        .filter(pk__in=staged.missing, premises=premises, ended_on=None)
        .select_related("staff_member")
        .order_by("staff_member__name", "pk")
    )
    form = MissingForm(
        request.POST if request.method == "POST" else None,
        spells=list(spells),
        today=today,
    )
    if form.is_valid():
        try:
            left = services.mark_missing_left(
                staged=staged,
                last_days=form.last_days,
                actor=manager,
                now=timezone.now(),
            )
        except RegisterError as refusal:
            form.add_error(None, str(refusal))
        else:
            count = len(left)
            done = ngettext(
                "%(count)s person is marked as left.",
                "%(count)s people are marked as left.",
                count,
            )
            messages.success(request, done % {"count": count})
            return redirect("register:import-detail", premises.key, staged.key)
    context = {**import_context(premises, staged), "form": form}
    status = 422 if form.errors else 200
    return render(request, "register/import_missing.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_managers
def undo(
    request: HttpRequest, manager: User, premises: Premises, import_key: str
) -> HttpResponse:
    staged = staged_or_404(premises, import_key)
    if request.method == "POST":
        try:
            services.undo_import(staged=staged, actor=manager, now=timezone.now())
        except RegisterError as refusal:
            return _refused(request, premises, staged, refusal)
        return redirect("register:import-detail", premises.key, staged.key)
    context = {**import_context(premises, staged), "plan": services.plan_undo(staged)}
    return render(request, "register/import_undo.html", context)


def _renewed(
    request: HttpRequest,
    premises: Premises,
    staged: StagedImport,
    *,
    said: str = "",
    row_form: RowForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer a script with the piece that changed, and a browser with the page."""
    if by_script(request):
        # A refusal is shown in its place: htmx swaps nothing on another status.
        return render_import(
            request, premises, staged, row_form=row_form, part="checked", said=said
        )
    if row_form is not None:
        return render_import(
            request, premises, staged, row_form=row_form, status=status
        )
    messages.success(request, said)
    return redirect("register:import-detail", premises.key, staged.key)


def _refused(
    request: HttpRequest,
    premises: Premises,
    staged: StagedImport,
    refusal: RegisterError,
) -> HttpResponse:
    messages.error(request, str(refusal))
    return render_import(
        request, premises, staged_or_404(premises, staged.key), status=409
    )


def _said(staged: StagedImport, number: int) -> str:
    row = staged.rows.get(number=number)
    if row.outcome == RowOutcome.WRONG:
        return _("Row %(number)s still has a problem.") % {"number": number}
    return _("Row %(number)s is right now.") % {"number": number}
