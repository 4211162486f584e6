"""An officer writes to the partners of a campaign: write, read it through, confirm."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from accounts.models import User
from campaigns.guidance.enums import CampaignState
from campaigns.guidance.models import Campaign
from outbox.models import Message
from partners.register import services
from partners.register.forms import MailingForm
from partners.register.models import Mailing
from partners.register.models.premises import random_key
from partners.register.rendering import mailing_preview
from partners.register.services import RegisterError
from partners.register.views.officers import for_officers

ROWS_PER_PAGE = 100


@require_http_methods(["GET", "POST"])
@for_officers
def mailing_write(
    request: HttpRequest, officer: User, campaign_pk: int
) -> HttpResponse:
    """Take the words and show them as they will be read; nothing is kept yet."""
    campaign = _campaign(officer, campaign_pk)
    if request.method != "POST":
        form = MailingForm(initial={"key": random_key()})
        return _render_form(request, campaign, form)
    if "change" in request.POST:
        return _render_form(request, campaign, MailingForm(initial=_told(request)))
    form = MailingForm(request.POST)
    if not form.is_valid():
        return _render_form(request, campaign, form, status=422)
    readers = services.recipients_of(
        campaign=campaign, officer=officer, kinds=form.cleaned_data["kinds"]
    )
    if not readers:
        form.add_error(
            "kinds", _("Nobody would get this: choose other kinds of premises.")
        )
        return _render_form(request, campaign, form, status=422)
    return _render_preview(request, campaign, form, readers)


@require_POST
@for_officers
def mailing_confirm(
    request: HttpRequest, officer: User, campaign_pk: int
) -> HttpResponse:
    campaign = _campaign(officer, campaign_pk)
    form = MailingForm(request.POST)
    if not form.is_valid():
        return _render_form(request, campaign, form, status=422)
    try:
        mailing = services.confirm_mailing(
            campaign=campaign, officer=officer, now=timezone.now(), **form.cleaned_data
        )
    except RegisterError as refusal:
        form.add_error(None, str(refusal))
        return _render_form(request, campaign, form, status=422)
    messages.success(request, _("The mailing is on its way."))
    return redirect("mailings:detail", mailing.key)


@require_GET
@for_officers
def mailing_detail(request: HttpRequest, officer: User, key: str) -> HttpResponse:
    visible = Mailing.objects.visible_to(officer)
    mailing = get_object_or_404(
        visible.select_related("campaign", "written_by"), key=key
    )
    recipients = mailing.recipients.visible_to(officer).select_related(
        "mailing", "user", "premises__area"
    )
    page = Paginator(
        recipients.order_by("premises__name", "pk"), ROWS_PER_PAGE
    ).get_page(request.GET.get("page"))
    sent = Message.objects.visible_to(officer).filter(
        dedupe_key__in=[one.dedupe_key for one in page]
    )
    by_key = {message.dedupe_key: message for message in sent}
    subject, body = mailing_preview(
        subject=mailing.subject, words=mailing.words, premises_name="…"
    )
    context = {
        "page_title": mailing.subject,
        "header_icon": "mail",
        "mailing": mailing,
        "subject": subject,
        "body": body,
        "page_obj": page,
        "rows": [(one, by_key.get(one.dedupe_key)) for one in page],
    }
    return render(request, "register/mailing_detail.html", context)


def _campaign(officer: User, pk: int) -> Campaign:
    return get_object_or_404(Campaign.objects.visible_to(officer), pk=pk)


def _told(request: HttpRequest) -> dict[str, Any]:
    """Return what was written, to be changed before it is looked at again."""
    words = {name: request.POST.get(name, "") for name in ("key", "subject", "words")}
    return words | {"kinds": request.POST.getlist("kinds")}


def _render_form(
    request: HttpRequest, campaign: Campaign, form: MailingForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "page_title": _("Write to partners"),
        "page_subtitle": campaign.name,
        "header_icon": "mail",
        "campaign": campaign,
        "form": form,
        "is_over": campaign.state_at(timezone.now()) == CampaignState.OVER,
    }
    return render(request, "register/mailing_write.html", context, status=status)


def _render_preview(
    request: HttpRequest,
    campaign: Campaign,
    form: MailingForm,
    readers: list[services.Reader],
) -> HttpResponse:
    subject, body = mailing_preview(
        subject=" ".join(form.cleaned_data["subject"].split()),
        words=form.cleaned_data["words"].strip(),
        premises_name=readers[0].premises.name,
    )
    context = {
        "page_title": _("Read it through"),
        "page_subtitle": campaign.name,
        "header_icon": "mail",
        "campaign": campaign,
        "form": form,
        "subject": subject,
        "body": body,
        "readers": readers,
    }
    return render(request, "register/mailing_preview.html", context)
