"""The list as a file, a person's own data, corrections, and when names go."""

import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from partners.register import services
from partners.register.exporting import STAFF_FORMATS, write_staff
from partners.register.forms.correcting import CorrectionForm
from partners.register.models import Premises, StaffMember
from partners.register.rendering import portal_context
from partners.register.services import RegisterError
from partners.register.views.managers import for_managers

LEAVERS_PER_PAGE = 50


@require_GET
@never_cache
@for_managers
def export(
    request: HttpRequest, manager: User, premises: Premises, extension: str
) -> HttpResponse:
    """Hand out who is in post, in the columns that an import reads."""
    today = timezone.localdate()
    people_here = premises.spells.of_controller(premises)
    spells = people_here.open_on_or_after(today).select_related("staff_member")
    services.note_staff_export(premises=premises, actor=manager)
    file = io.BytesIO()
    ordered = spells.order_by("staff_member__name", "started_on", "pk")
    write_staff(file, ordered, extension=extension)
    response = HttpResponse(file.getvalue(), content_type=STAFF_FORMATS[extension])
    name = f"staff-{today.isoformat()}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
@never_cache
@for_managers
def person_copy(
    request: HttpRequest, manager: User, premises: Premises, staff_key: str
) -> HttpResponse:
    person = _person(premises, staff_key)
    sections = services.copy_of(person=person, actor=manager)
    context = {
        **portal_context(premises, current="people"),
        "person": person,
        "sections": sections,
    }
    return render(request, "register/person_copy.html", context)


@require_GET
@never_cache
@for_managers
def person_copy_json(
    request: HttpRequest, manager: User, premises: Premises, staff_key: str
) -> HttpResponse:
    person = _person(premises, staff_key)
    sections = services.copy_of(person=person, actor=manager)
    response = JsonResponse(
        {section.title: section.rows for section in sections},
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    response.headers["Content-Disposition"] = (
        'attachment; filename="personal-data.json"'
    )
    return response


@require_http_methods(["GET", "POST"])
@for_managers
def spell_correct(
    request: HttpRequest, manager: User, premises: Premises, pk: int
) -> HttpResponse:
    spells = premises.spells.of_controller(premises).standing()
    spell = get_object_or_404(spells.select_related("staff_member"), pk=pk)
    form = CorrectionForm(
        request.POST or None,
        initial={
            "role": spell.role,
            "shift": spell.shift,
            "started_on": spell.started_on,
            "ended_on": spell.ended_on,
        },
    )
    if form.is_valid():
        try:
            services.correct_spell(
                spell=spell, actor=manager, now=timezone.now(), **form.cleaned_data
            )
        except RegisterError as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("The entry of %(name)s is corrected.")
            messages.success(request, done % {"name": spell.staff_member})
            return redirect("portal:people", premises.key)
    context = {**portal_context(premises, current="people"), "form": form}
    return _page(request, "register/spell_correct.html", {**context, "spell": spell})


@require_GET
@for_managers
def leavers(request: HttpRequest, manager: User, premises: Premises) -> HttpResponse:
    """List who has left and when their name is removed: nothing is done here."""
    found = services.leavers(premises=premises, today=timezone.localdate())
    page = Paginator(found, LEAVERS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **portal_context(premises, current="people"),
        "page_obj": page,
        "today": timezone.localdate(),
    }
    return render(request, "register/leavers.html", context)


def _person(premises: Premises, staff_key: str) -> StaffMember:
    here = premises.spells.of_controller(premises).values("staff_member")
    people = StaffMember.objects.filter(pk__in=here, anonymised_at=None)
    return get_object_or_404(people.select_related("organisation"), key=staff_key)


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, template, context, status=status)
