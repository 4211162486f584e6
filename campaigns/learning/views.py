from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.scoping import may_enter_admin
from campaigns.learning import services
from campaigns.learning.forms import posted_blocks
from campaigns.learning.models import Module, ModuleVersion
from campaigns.learning.rendering import team_talk_of
from campaigns.learning.translating import block_words
from core.languages import OTHER_LANGUAGES


@require_http_methods(["GET", "POST"])
def module_words(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Let an editor write the words of a module in another language."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("learning.change_module"):
        raise PermissionDenied
    version = _newest(pk)
    if language not in OTHER_LANGUAGES:
        raise Http404
    blocks = block_words(version, language)
    if request.method == "POST":
        try:
            changed = services.change_words(
                version=version,
                language=language,
                blocks=posted_blocks(request.POST, blocks),
                actor=user,
            )
        except services.LearningError as refusal:
            messages.error(request, str(refusal))
        else:
            told = _("Saved. %(count)s parts have other words now: they are a draft.")
            messages.success(request, told % {"count": len(changed)})
        return redirect("learning_admin:module-words", pk, language)
    return render(
        request,
        "learning/module_words.html",
        {
            "page_title": dict(settings.LANGUAGES)[language],
            "page_subtitle": version.module.title,
            "header_icon": "globe",
            "version": version,
            "blocks": blocks,
            "language": language,
            "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        },
    )


@require_GET
def team_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the newest version as a sheet to talk through with a team."""
    if not may_enter_admin(request.user):
        raise PermissionDenied
    version = _newest(pk)
    context = team_talk_of(version, today=timezone.localdate())
    return render(request, "learning/team_talk.html", context)


def _newest(pk: int) -> ModuleVersion:
    module = get_object_or_404(Module, pk=pk)
    version = ModuleVersion.objects.current(module, settings.LANGUAGE_CODE)
    if version is None:
        raise Http404
    return version
