"""About a place: how it works, whom to ask there, who looks after it."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from partners.register import services
from partners.register.forms.places import ContactForm, ProfileForm
from partners.register.models import Contact, Premises
from partners.register.rendering import profile_rows
from partners.register.services import add_contact, change_contact, remove_contact
from partners.register.views.managers import for_managers
from partners.register.views.people import people_of_place
from partners.register.views.sides import Side, form_page, on_both_sides


@require_GET
@for_managers
def place(request: HttpRequest, manager: User, premises: Premises) -> HttpResponse:
    side = Side(manager, premises, is_office=False)
    context: dict[str, Any] = {
        "title": _("About this place"),
        "profile": profile_rows(premises),
        **people_of_place(premises, manager),
    }
    return side.render(request, "about", context, status=200)


@require_http_methods(["GET", "POST"])
def _profile(request: HttpRequest, side: Side) -> HttpResponse:
    premises = side.premises
    first = ProfileForm.first_answers(premises)
    answers = request.POST if request.method == "POST" else None
    form = ProfileForm(answers, premises=premises, initial=first)
    return form_page(
        request,
        side,
        form,
        title=_("How this place works"),
        intro=_("Leave out what you do not know. You can change it at any time."),
        submit=_("Save"),
        act=lambda: services.change_profile(
            premises=premises,
            actor=side.actor,
            now=timezone.now(),
            **form.cleaned_data,
        ),
        done=_("Saved."),
    )


@require_http_methods(["GET", "POST"])
def _contact_add(request: HttpRequest, side: Side) -> HttpResponse:
    form = ContactForm(request.POST or None)
    return form_page(
        request,
        side,
        form,
        title=_("Add a contact"),
        intro=_(
            "Somebody we can ring or write to about this place. Ask them first; we "
            "use it for nothing else, and you can take it out at any time."
        ),
        submit=_("Add"),
        act=lambda: add_contact(
            premises=side.premises, actor=side.actor, **form.cleaned_data
        ),
        done=_("The contact is noted. Thank you."),
    )


@require_http_methods(["GET", "POST"])
def _contact_change(request: HttpRequest, side: Side, pk: int) -> HttpResponse:
    contact = _contact(side, pk)
    form = ContactForm(request.POST or None, initial=ContactForm.first_answers(contact))
    return form_page(
        request,
        side,
        form,
        title=_("Change a contact"),
        submit=_("Save"),
        act=lambda: change_contact(
            contact=contact, actor=side.actor, **form.cleaned_data
        ),
        done=_("Saved."),
    )


@require_http_methods(["GET", "POST"])
def _contact_remove(request: HttpRequest, side: Side, pk: int) -> HttpResponse:
    contact = _contact(side, pk)
    return form_page(
        request,
        side,
        Form(request.POST if request.method == "POST" else None),
        title=_("Take out %(name)s") % {"name": contact},
        intro=_("The name, address and number are deleted, not only hidden."),
        submit=_("Take out"),
        is_grave=True,
        act=lambda: remove_contact(contact=contact, actor=side.actor),
        done=_("The contact is deleted."),
    )


def _contact(side: Side, pk: int) -> Contact:
    return get_object_or_404(side.premises.contacts.all(), pk=pk)


profile, officer_profile = on_both_sides(_profile)
contact_add, officer_contact_add = on_both_sides(_contact_add)
contact_change, officer_contact_change = on_both_sides(_contact_change)
contact_remove, officer_contact_remove = on_both_sides(_contact_remove)
