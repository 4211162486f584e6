"""Officers add premises, correct them, close them and note a change of owner."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.panels import panels_for
from partners.register import services
from partners.register.forms.changes import (
    AddPremisesForm,
    CloseForm,
    DetailsForm,
    OwnerForm,
    ReopenForm,
)
from partners.register.services import RegisterError
from partners.register.views.officers import for_officers
from partners.register.views.sides import Side, form_page, in_office


@require_http_methods(["GET", "POST"])
@for_officers
def premises_add(request: HttpRequest, officer: User) -> HttpResponse:
    form = AddPremisesForm(request.POST or None, officer=officer)
    if form.is_valid():
        answers = form.cleaned_data
        try:
            premises = services.add_premises(
                facts=form.facts,
                organisation=answers["organisation"],
                organisation_name=answers["organisation_name"],
                manager_name=answers["manager_name"],
                manager_email=answers["manager_email"],
                actor=officer,
                now=timezone.now(),
            )
        except RegisterError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is added.") % {"name": premises})
            return redirect("officer-premises:detail", premises.key)
    context = {
        "page_title": _("Add premises"),
        "header_icon": "home",
        "form": form,
        "submit": _("Add"),
    }
    status = 422 if form.errors else 200
    return render(request, "register/officer_add.html", context, status=status)


@in_office
@require_http_methods(["GET", "POST"])
def premises_edit(request: HttpRequest, side: Side) -> HttpResponse:
    form = DetailsForm(request.POST or None, officer=side.actor, premises=side.premises)
    return form_page(
        request,
        side,
        form,
        title=_("Change %(name)s") % {"name": side.premises},
        submit=_("Save"),
        act=lambda: services.change_details(
            premises=side.premises,
            facts=form.facts,
            region=form.cleaned_data["region"],
            new_region=form.cleaned_data["new_region"],
            actor=side.actor,
        ),
        done=_("Saved."),
    )


@in_office
@require_http_methods(["GET", "POST"])
def premises_close(request: HttpRequest, side: Side) -> HttpResponse:
    form = CloseForm(request.POST or None)
    return form_page(
        request,
        side,
        form,
        title=_("Close %(name)s") % {"name": side.premises},
        intro=_(
            "Slips stop working and managers of this place alone lose access. Printed "
            "codes go on leading to help. What is still open is named below and stays "
            "open: settle it first, or close it with the reason."
        ),
        submit=_("Close"),
        is_grave=True,
        panels=panels_for("premises.closing", request, side.premises),
        act=lambda: services.close_premises(
            premises=side.premises,
            last_day=form.cleaned_data["last_day"],
            keeps_people=form.cleaned_data["people"] == "keep",
            note=form.cleaned_data["note"],
            actor=side.actor,
            now=timezone.now(),
        ),
        done=_("The premises are closed."),
    )


@in_office
@require_http_methods(["GET", "POST"])
def premises_reopen(request: HttpRequest, side: Side) -> HttpResponse:
    form = ReopenForm(request.POST or None)
    return form_page(
        request,
        side,
        form,
        title=_("Open %(name)s again") % {"name": side.premises},
        intro=_(
            "People whose time there had ended stay ended: whoever comes back is "
            "entered anew."
        ),
        submit=_("Open again"),
        act=lambda: services.reopen_premises(
            premises=side.premises,
            first_day=form.cleaned_data["first_day"],
            restores_managers=form.cleaned_data["restores_managers"],
            actor=side.actor,
            now=timezone.now(),
        ),
        done=_("The premises are open again."),
    )


@in_office
@require_http_methods(["GET", "POST"])
def premises_owner(request: HttpRequest, side: Side) -> HttpResponse:
    form = OwnerForm(request.POST or None, officer=side.actor, premises=side.premises)
    return form_page(
        request,
        side,
        form,
        title=_("%(name)s changes hands") % {"name": side.premises},
        intro=_(
            "The posts with the owner before end the day before, its managers lose "
            "access and its contacts are deleted. Certificates stay valid for the "
            "people who hold them; in a new list everybody starts without training."
        ),
        submit=_("Note the new owner"),
        is_grave=True,
        act=lambda: services.change_owner(
            premises=side.premises,
            organisation=form.cleaned_data["organisation"],
            organisation_name=form.cleaned_data["organisation_name"],
            first_day=form.cleaned_data["first_day"],
            hands_people_on=form.cleaned_data["people"] == "hand-on",
            actor=side.actor,
            now=timezone.now(),
        ),
        done=_("The new owner is noted. Now invite its manager."),
    )
