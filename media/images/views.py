from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.scoping import may_enter_admin
from media.images.models import SiteImage, SiteVideo, ends_by

DAYS_AHEAD = 60


@require_GET
def ending(request: HttpRequest) -> HttpResponse:
    """List the pictures and videos whose licence or consent ends soon, or has ended."""
    if not may_enter_admin(request.user):
        raise PermissionDenied
    today = timezone.localdate()
    last = ends_by(today + timedelta(days=DAYS_AHEAD))
    items: list[SiteImage | SiteVideo] = [
        *SiteImage.objects.filter(last).order_by("pk"),
        *SiteVideo.objects.filter(last).order_by("pk"),
    ]
    items.sort(key=lambda item: item.ends_on or today)
    context = {
        "page_title": _("Pictures and videos that end"),
        "header_icon": "image",
        "items": items,
        "today": today,
        "days": DAYS_AHEAD,
    }
    return render(request, "images/ending.html", context)
