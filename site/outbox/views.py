from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.scoping import is_officer
from outbox.enums import MessageState
from outbox.models import Message

PER_PAGE = 50


@require_GET
def message_list(request: HttpRequest) -> HttpResponse:
    if not is_officer(request.user):
        raise PermissionDenied
    messages = Message.objects.visible_to(request.user).order_by("-queued_at", "-pk")
    state = request.GET.get("state", "")
    if state in MessageState.values:
        messages = messages.filter(state=state)
    page = Paginator(messages, PER_PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "outbox/message_list.html",
        {
            "page_title": _("Outbox"),
            "header_icon": "mail",
            "page_obj": page,
            "state": state,
            "states": MessageState.choices,
        },
    )


@require_GET
def message_detail(request: HttpRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    return render(
        request,
        "outbox/message_detail.html",
        {
            "page_title": message.subject,
            "header_icon": "mail",
            "message": message,
        },
    )
