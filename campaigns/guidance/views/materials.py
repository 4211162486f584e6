"""The files of campaigns, for the people who prepare them."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.scoping import may_enter_admin
from campaigns.guidance.models import Campaign
from media.images.models import SiteDocument


@require_safe
def document(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a file, before its campaign opens too, to people of its areas.

    Its public address knows nobody, so that one is closed to them until then.
    """
    if not may_enter_admin(request.user):
        raise PermissionDenied
    found = get_object_or_404(SiteDocument, pk=pk)
    own = Campaign.objects.visible_to(request.user).handing_out(found)
    if Campaign.objects.keep_back(found, timezone.now()) and not own.exists():
        raise Http404
    return FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=found.filename,
        content_type=found.content_type,
    )
