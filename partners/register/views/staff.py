from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from partners.register import services
from partners.register.forms import LeaverForm, StarterForm, VoidForm
from partners.register.models import Premises, Spell
from partners.register.rendering import portal_context
from partners.register.services import RegisterError
from partners.register.views.managers import for_managers


@require_http_methods(["GET", "POST"])
@for_managers
def person_add(request: HttpRequest, manager: User, premises: Premises) -> HttpResponse:
    first = {"started_on": timezone.localdate()}
    form = StarterForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            spell = services.add_starter(
                premises=premises,
                actor=manager,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except RegisterError as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("%(name)s is on your list.") % {"name": spell.staff_member}
            messages.success(request, done)
            again = "again" in request.POST
            return redirect(
                "register:person-add" if again else "portal:people", premises.key
            )
    context = {**portal_context(premises, current="people"), "form": form}
    return _page(request, "register/person_add.html", context)


@require_http_methods(["GET", "POST"])
@for_managers
def spell_left(
    request: HttpRequest, manager: User, premises: Premises, pk: int
) -> HttpResponse:
    spell = _spell(premises, pk)
    form = LeaverForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if form.is_valid():
        try:
            services.mark_left(
                spell=spell, actor=manager, now=timezone.now(), **form.cleaned_data
            )
        except RegisterError as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("%(name)s is marked as left.") % {"name": spell.staff_member}
            messages.success(request, done)
            return redirect("portal:people", premises.key)
    context = {**portal_context(premises, current="people"), "form": form}
    return _page(request, "register/spell_left.html", {**context, "spell": spell})


@require_http_methods(["GET", "POST"])
@for_managers
def spell_void(
    request: HttpRequest, manager: User, premises: Premises, pk: int
) -> HttpResponse:
    spell = _spell(premises, pk)
    form = VoidForm(request.POST or None)
    if form.is_valid():
        try:
            services.void_spell(
                spell=spell, actor=manager, now=timezone.now(), **form.cleaned_data
            )
        except RegisterError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The entry is taken back."))
            return redirect("portal:people", premises.key)
    context = {**portal_context(premises, current="people"), "form": form}
    return _page(request, "register/spell_void.html", {**context, "spell": spell})


def _spell(premises: Premises, pk: int) -> Spell:
    spells = premises.spells.of_controller(premises).select_related("staff_member")
    return get_object_or_404(spells, pk=pk)


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, template, context, status=status)
