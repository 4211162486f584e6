"""The language of a learner's pages, changed at any moment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from partners.training import services, sessions
from partners.training.forms.languages import LanguageForm


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on, on the page that was being read."""
    form = LanguageForm(request.POST)
    if form.is_valid():
        language = form.cleaned_data["language"]
        learner = sessions.learner_of(request, timezone.now())
        if learner is None:
            sessions.note_language(request, language)
        else:
            services.choose_language(
                staff_member=learner.staff_member, language=language
            )
    return redirect(_place_to_go_on(form.cleaned_data.get("next", "")))


def _place_to_go_on(path: str) -> str:
    """Return a page of training that can be read, whatever the form says."""
    home = reverse("training:sign-in")
    is_ours = url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    if is_ours and path.startswith(home) and path != reverse("training:sign-out"):
        return path
    return home
