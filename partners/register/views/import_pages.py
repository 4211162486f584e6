"""The page of one import, whatever state it is in."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from partners.register.enums import ImportState, RowOutcome
from partners.register.forms.importing import RowForm
from partners.register.models import Premises, Spell, StagedImport
from partners.register.rendering import portal_context
from partners.register.spreadsheets import Report, dropped_columns

WRONG_PER_PAGE = 20
PREVIEWED = 8
NOTES_SHOWN = 50
SKIPPED_SHOWN = 100
# So many slips can be asked for from the page that says who was added.
SLIPS_AT_ONCE = 400


def by_script(request: HttpRequest) -> bool:
    """Say whether htmx asks, which wants a piece of a page and not the page."""
    return request.headers.get("HX-Request") == "true"


def staged_or_404(premises: Premises, import_key: str) -> StagedImport:
    imports = premises.imports.filter(premises.not_before_sale("created_at"))
    return get_object_or_404(imports, key=import_key)


def import_context(premises: Premises, staged: StagedImport) -> dict[str, Any]:
    return {
        **portal_context(premises, current="people"),
        "staged": staged,
        "dropped": dropped_columns(staged),
    }


def render_import(
    request: HttpRequest,
    premises: Premises,
    staged: StagedImport,
    *,
    status: int = 200,
    row_form: RowForm | None = None,
    part: str = "",
    **more: Any,
) -> HttpResponse:
    """Draw the page of its state; `row_form` takes the place of that row's own form.

    `part` names a partial of the template, for a page that only renews a piece.
    """
    context = {
        **import_context(premises, staged),
        **_of_state(request, staged, row_form),
        **more,
    }
    template = f"register/import_{staged.state}.html"
    return render(
        request, template + (f"#{part}" if part else ""), context, status=status
    )


def _of_state(
    request: HttpRequest, staged: StagedImport, row_form: RowForm | None
) -> dict[str, Any]:
    if staged.state in {ImportState.CHECKED, ImportState.FAILED}:
        return _to_look_at(request, staged, row_form)
    if staged.state == ImportState.APPLIED:
        return {**_to_look_at(request, staged, row_form), "slips_for": _newest(staged)}
    return {}


def _to_look_at(
    request: HttpRequest, staged: StagedImport, row_form: RowForm | None
) -> dict[str, Any]:
    report = Report(staged)
    wrong = staged.rows.filter(outcome=RowOutcome.WRONG).order_by("number")
    page = Paginator(wrong, WRONG_PER_PAGE).get_page(request.GET.get("page"))
    rows = report.wrong_rows(page.object_list)
    skipped = staged.rows.filter(outcome=RowOutcome.SKIPPED).order_by("number")
    notes = staged.rows.exclude(note="").order_by("number")
    return {
        "page_obj": page,
        "wrong_rows": [(row, _form_of(row, row_form)) for row in rows],
        "preview": report.preview(count=PREVIEWED, today=timezone.localdate()),
        "skipped": [
            (row.number, report.name_in(row)) for row in skipped[:SKIPPED_SHOWN]
        ],
        "notes": [
            (row.number, report.name_in(row), row.note) for row in notes[:NOTES_SHOWN]
        ],
    }


def _form_of(row: Any, row_form: RowForm | None) -> RowForm:
    if row_form is not None and row_form.number == row.number:
        return row_form
    return RowForm(number=row.number, problems=row.problems)


def _newest(staged: StagedImport) -> list[str]:
    """Return the keys of those added and in post today; of a great many, nobody's."""
    here = Spell.objects.in_post(timezone.localdate()).filter(staged_import=staged)
    keys = here.order_by("staff_member").values_list("staff_member__key", flat=True)
    found = list(keys.distinct()[: SLIPS_AT_ONCE + 1])
    return found if len(found) <= SLIPS_AT_ONCE else []
