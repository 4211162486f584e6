"""The ledger in the admin: what was told to whom, and whether it arrived."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.scoping import is_officer
from outbox.forms import MessageFilter
from outbox.kinds import kind_title
from outbox.models import Message
from outbox.sheets import lines_of

PER_PAGE = 50


@require_GET
def message_list(request: HttpRequest) -> HttpResponse:
    visible = Message.objects.visible_to(_officer(request))
    form = MessageFilter(request.GET, visible=visible)
    messages = form.narrow(visible).order_by("-queued_at", "-pk")
    page = Paginator(messages, PER_PAGE).get_page(request.GET.get("page"))
    wanted = {name: value for name, value in form.wanted.items() if value}
    context = {
        "page_title": _("Outbox"),
        "header_icon": "mail",
        "form": form,
        "page_obj": page,
        "rows": [(message, kind_title(message.template)) for message in page],
        "query": f"{urlencode(wanted)}&" if wanted else "",
    }
    return render(request, "outbox/message_list.html", context)


@require_GET
def message_sheet(request: HttpRequest) -> StreamingHttpResponse:
    """Hand the filtered list over as CSV, row by row however many there are."""
    visible = Message.objects.visible_to(_officer(request))
    messages = MessageFilter(request.GET, visible=visible).narrow(visible)
    lines = lines_of(messages.order_by("-queued_at", "-pk"))
    day = timezone.localdate()
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="outbox-{day}.csv"'},
    )


@require_GET
def message_detail(request: HttpRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(Message.objects.visible_to(_officer(request)), pk=pk)
    context = {
        "page_title": message.subject,
        "header_icon": "mail",
        "message": message,
        "kind": kind_title(message.template),
    }
    return render(request, "outbox/message_detail.html", context)


def _officer(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not is_officer(request.user):
        raise PermissionDenied
    return request.user
