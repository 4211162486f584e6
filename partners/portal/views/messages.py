"""Messages about a place, and what its managers may do about them."""

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from partners.portal import services
from partners.portal.forms import LedgerFilter, WishesForm
from partners.portal.ledger import ledger_rows, links_that_work, messages_of
from partners.portal.models import DigestWish
from partners.register.models import Premises, StaffMember
from partners.register.rendering import portal_context
from partners.register.views.managers import for_managers
from partners.training.services import end_personal_links

ROWS_PER_PAGE = 50
LINKS_SHOWN = 50


@require_GET
@for_managers
def message_list(
    request: HttpRequest, manager: User, premises: Premises
) -> HttpResponse:
    form = LedgerFilter(request.GET)
    found = messages_of(premises).select_related("recipient")
    if form.wants_undelivered:
        found = found.undelivered()
    ordered = found.order_by("-queued_at", "-pk")
    page = Paginator(ordered, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    links = list(links_that_work(premises, timezone.now())[: LINKS_SHOWN + 1])
    context = {
        **portal_context(premises, current="messages"),
        "form": form,
        "wishes_form": WishesForm(initial=_wishes_of(manager)),
        "page_obj": page,
        "rows": ledger_rows(page.object_list),
        "is_filtered": form.wants_undelivered,
        "query": "show=undelivered&" if form.wants_undelivered else "",
        "links": links[:LINKS_SHOWN],
        "has_more_links": len(links) > LINKS_SHOWN,
    }
    return render(request, "portal/message_list.html", context)


@require_POST
@for_managers
def wishes(request: HttpRequest, manager: User, premises: Premises) -> HttpResponse:
    form = WishesForm(request.POST)
    if form.is_valid():
        services.wish(user=manager, now=timezone.now(), **form.cleaned_data)
        notices.success(request, _("Saved."))
    else:
        notices.error(request, _("Choose a language from the list."))
    return redirect("portal:messages", premises.key)


@require_POST
@for_managers
def send_links(request: HttpRequest, manager: User, premises: Premises) -> HttpResponse:
    """Send a link to each person that was ticked in the list of people."""
    keys = request.POST.getlist("staff")
    people = StaffMember.objects.filter(
        key__in=keys,
        spells__premises=premises,
        organisation=premises.organisation_id,
    ).select_related("organisation")
    if not keys:
        notices.error(request, _("Tick the people first whom we shall send a link."))
        return redirect("portal:people", premises.key)
    outcome = services.send_links(
        people=people.distinct(), premises=premises, actor=manager, now=timezone.now()
    )
    if outcome.sent:
        sent = ngettext(
            "A link is on its way to %(number)s person.",
            "Links are on their way to %(number)s people.",
            outcome.sent,
        )
        notices.success(request, sent % {"number": outcome.sent})
    for name, reason in outcome.refused:
        notices.error(request, f"{name}: {reason}")
    return redirect("portal:messages", premises.key)


@require_POST
@for_managers
def end_link(request: HttpRequest, manager: User, premises: Premises) -> HttpResponse:
    here = StaffMember.objects.filter(
        personal_links__premises=premises, organisation=premises.organisation_id
    ).distinct()
    person = get_object_or_404(here, key=request.POST.get("staff", ""))
    end_personal_links(
        staff_member=person, premises=premises, actor=manager, now=timezone.now()
    )
    done = _("The link of %(name)s no longer works.") % {"name": person}
    notices.success(request, done)
    return redirect("portal:messages", premises.key)


def _wishes_of(manager: User) -> dict[str, object]:
    declined = DigestWish.objects.filter(user=manager, is_wanted=False).exists()
    return {"is_wanted": not declined, "language": manager.language}
