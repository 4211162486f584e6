"""Who looks after premises: invited, ended and handed over, on both sides."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partners.register import services
from partners.register.forms.managing import InviteManagerForm, PersonForm
from partners.register.models import ManagerLink
from partners.register.services import RegisterError
from partners.register.views.sides import Side, form_page, on_both_sides


@require_http_methods(["GET", "POST"])
def _invite(request: HttpRequest, side: Side) -> HttpResponse:
    contact = side.premises.contacts.filter(pk=_number(request.GET.get("contact")))
    first = contact.values("name", "email").first()
    form = InviteManagerForm(
        request.POST or None, premises=side.premises, actor=side.actor, initial=first
    )
    return form_page(
        request,
        side,
        form,
        title=_("Invite a manager"),
        intro=_(
            "Managers see who works here and who is trained, print slips and do the "
            "next steps. With two of them one can be away."
        ),
        submit=_("Invite"),
        act=lambda: services.invite_manager(
            whole=form.whole,
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            actor=side.actor,
            now=timezone.now(),
        ),
        done=_("Invited. They get an e-mail."),
    )


@require_POST
def _invite_again(request: HttpRequest, side: Side, pk: int) -> HttpResponse:
    try:
        services.invite_manager_again(
            link=_open_link(side, pk), actor=side.actor, now=timezone.now()
        )
    except RegisterError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A new link is on its way."))
    return redirect(side.home)


@require_http_methods(["GET", "POST"])
def _end(request: HttpRequest, side: Side, pk: int) -> HttpResponse:
    link = _open_link(side, pk)
    others = ManagerLink.objects.active().of_premises(side.premises)
    is_last = not others.exclude(pk=link.pk).exists()
    return form_page(
        request,
        side,
        Form(request.POST if request.method == "POST" else None),
        title=_("End the access of %(name)s") % {"name": link.user},
        intro=_(
            "From this moment they no longer see %(whole)s. That they looked after it "
            "stays in its history."
        )
        % {"whole": link.whole},
        warning=_("Nobody else looks after these premises: invite somebody first.")
        if is_last
        else "",
        submit=_("End access"),
        is_grave=True,
        act=lambda: services.end_link(link=link, actor=side.actor, now=timezone.now()),
        done=_("The access has ended."),
    )


@require_http_methods(["GET", "POST"])
def _hand_over(request: HttpRequest, side: Side, pk: int) -> HttpResponse:
    link = _open_link(side, pk)
    form = PersonForm(request.POST or None)
    return form_page(
        request,
        side,
        form,
        title=_("Hand over from %(name)s") % {"name": link.user},
        intro=_(
            "Who comes after them in looking after %(whole)s? Until that person has "
            "signed in, %(name)s keeps access, so that somebody is always there."
        )
        % {"whole": link.whole, "name": link.user},
        submit=_("Hand over"),
        act=lambda: services.hand_over(
            link=link,
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            actor=side.actor,
            now=timezone.now(),
        ),
        done=_("Handed over. The next manager gets an e-mail."),
    )


def _open_link(side: Side, pk: int) -> ManagerLink:
    """Return a link of these premises that this person may end or renew."""
    links = ManagerLink.objects.reaching(side.premises).select_related(
        "user", "premises", "region", "organisation"
    )
    return get_object_or_404(links, pk=pk)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


manager_invite, officer_manager_invite = on_both_sides(_invite)
manager_invite_again, officer_manager_invite_again = on_both_sides(_invite_again)
manager_end, officer_manager_end = on_both_sides(_end)
manager_hand_over, officer_manager_hand_over = on_both_sides(_hand_over)
