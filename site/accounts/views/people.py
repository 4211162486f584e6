"""Area leads look after their colleagues' access: pages in the Wagtail admin."""

from collections.abc import Callable
from typing import Concatenate

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import services
from accounts.enums import Role
from accounts.forms import InviteForm
from accounts.models import User
from accounts.scoping import areas_of, is_area_lead

type LeadView[**P] = Callable[Concatenate[HttpRequest, User, P], HttpResponse]
type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_area_leads[**P](view: LeadView[P]) -> View[P]:
    """Let only area leads in, and hand the lead to the view."""

    def guarded(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if not isinstance(request.user, User) or not is_area_lead(request.user):
            raise PermissionDenied
        return view(request, request.user, *args, **kwargs)

    return guarded


@require_GET
@for_area_leads
def person_list(request: HttpRequest, lead: User) -> HttpResponse:
    people = (
        User.objects.managed_by_lead(lead)
        .prefetch_related("groups", "areas", "authenticator_set")
        .order_by("name", "pk")
    )
    labels = dict(Role.choices)
    rows = [
        {"person": person, "roles": [labels[g.name] for g in person.groups.all()]}
        for person in people
    ]
    return render(
        request,
        "accounts/person_list.html",
        {"page_title": _("Colleagues"), "header_icon": "group", "rows": rows},
    )


@require_http_methods(["GET", "POST"])
@for_area_leads
def person_invite(request: HttpRequest, lead: User) -> HttpResponse:
    form = InviteForm(request.POST or None, areas=areas_of(lead))
    if form.is_valid():
        try:
            person = services.invite_person(
                email=form.cleaned_data["email"],
                name=form.cleaned_data["name"],
                role=Role(form.cleaned_data["role"]),
                areas=form.cleaned_data["areas"],
                actor=lead,
                now=timezone.now(),
            )
        except services.AccountsError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("%(name)s gets a message now.") % {"name": person.name}
            )
            return redirect("people:person-list")
    return render(
        request,
        "accounts/person_invite.html",
        {"page_title": _("Invite a colleague"), "header_icon": "user", "form": form},
        status=422 if form.errors else 200,
    )


@require_POST
@for_area_leads
def person_act(request: HttpRequest, lead: User, pk: int, act: str) -> HttpResponse:
    person = get_object_or_404(User.objects.managed_by_lead(lead), pk=pk)
    try:
        match act:
            case "invite-again":
                services.invite_again(user=person, actor=lead, now=timezone.now())
            case "deactivate":
                services.deactivate_person(user=person, actor=lead)
            case "reactivate":
                services.reactivate_person(user=person, actor=lead)
            case "reset-second-factor":
                services.reset_second_factor(user=person, actor=lead)
    except services.AccountsError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("people:person-list")
