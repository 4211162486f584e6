"""How far each language has come, and who has read its words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.scoping import may_confirm_words, may_enter_admin
from campaigns.guidance import confirming
from campaigns.guidance.forms import LanguageFilterForm, ReaderForm
from campaigns.guidance.language_grid import (
    Pair,
    confirmed_page,
    confirmed_wordings,
    confirmed_words,
    language_grid,
    module_pairs,
    route_pairs,
    sign_pairs,
)
from campaigns.guidance.models import PageWords, may_work_on
from core.languages import OTHER_LANGUAGES
from core.models import LanguageConfirmation


@dataclass(frozen=True)
class Subject:
    """What somebody has read: `confirm` takes their name, who enters it, and when."""

    language: str
    title: str
    meaning: str
    confirmed: str
    confirm: Callable[[str, User, datetime], object]
    words_hash: str = ""
    pairs: list[Pair] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def language_name(self) -> str:
        return str(dict(settings.LANGUAGES)[self.language])

    @property
    def direction(self) -> str:
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"


@require_GET
def languages(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User) or not may_enter_admin(request.user):
        raise PermissionDenied
    form = LanguageFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    chosen = wanted.get("language")
    codes = [chosen] if chosen else list(OTHER_LANGUAGES)
    names = dict(settings.LANGUAGES)
    grid = language_grid(
        languages=codes, state=wanted.get("state", ""), user=request.user
    )
    context = {
        "page_title": _("Languages"),
        "header_icon": "globe",
        "form": form,
        "grid": grid,
        "columns": [(code, names[code]) for code in codes],
        "may_confirm": may_confirm_words(request.user),
        "is_filtered": bool(wanted.get("state")),
    }
    status = 422 if form.errors else 200
    return render(request, "guidance/admin/languages.html", context, status=status)


@require_http_methods(["GET", "POST"])
def language_confirm(request: HttpRequest, language: str, what: str) -> HttpResponse:
    """Confirm the interface, all routes, signs or modules of a language."""
    user = _who_may_confirm(request)
    if language not in OTHER_LANGUAGES or what not in SUBJECTS:
        raise Http404
    return _confirm(request, user, SUBJECTS[what](language))


@require_http_methods(["GET", "POST"])
def language_page_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    user = _who_may_confirm(request)
    words = get_object_or_404(
        PageWords.objects.select_related("page__locale").filter(
            page__locale__language_code__in=OTHER_LANGUAGES
        ),
        page=pk,
    )
    if not may_work_on(user, words.page):
        raise Http404
    return _confirm(request, user, _page(words, request.POST.get("words_hash", "")))


def _who_may_confirm(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not may_confirm_words(request.user):
        raise PermissionDenied
    return request.user


def _confirm(request: HttpRequest, user: User, subject: Subject) -> HttpResponse:
    first = {"words_hash": subject.words_hash}
    sent = request.POST if request.method == "POST" else None
    form = ReaderForm(sent, initial=first)
    if form.is_valid():
        try:
            subject.confirm(form.cleaned_data["name"], user, timezone.now())
        except confirming.ConfirmError as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("Confirmed in %(language)s: %(title)s.")
            names = {"language": subject.language_name, "title": subject.title}
            messages.success(request, told % names)
            return redirect("guidance_admin:languages")
    return render(
        request,
        "guidance/admin/language_confirm.html",
        {
            "page_title": _("Confirm words"),
            "page_subtitle": f"{subject.title} · {subject.language_name}",
            "header_icon": "globe",
            "subject": subject,
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def _interface(language: str) -> Subject:
    row = LanguageConfirmation.objects.filter(language=language).first()
    return Subject(
        language,
        _("Interface"),
        _(
            "The interface is every button, label and notice. Once it is confirmed, "
            "the site offers this language to its readers. Pages, routes and signs are "
            "still English until they are confirmed too."
        ),
        confirmed_words(row.confirmed_by_name, row.confirmed_at) if row else "",
        lambda name, user, now: confirming.confirm_interface(
            language=language, name=name, actor=user, now=now
        ),
    )


def _routes(language: str) -> Subject:
    pairs = route_pairs([language])
    return Subject(
        language,
        _("Routes"),
        _("All words below that say what the English says today."),
        confirmed_wordings(pairs),
        lambda name, user, _now: confirming.confirm_routes(
            language=language, name=name, actor=user
        ),
        pairs=pairs,
    )


def _signs(language: str) -> Subject:
    pairs = sign_pairs([language])
    return Subject(
        language,
        _("Signs"),
        _("All words below that say what the English says today."),
        confirmed_wordings(pairs),
        lambda name, user, _now: confirming.confirm_signs(
            language=language, name=name, actor=user
        ),
        pairs=pairs,
    )


def _modules(language: str) -> Subject:
    pairs = module_pairs([language])
    return Subject(
        language,
        _("Modules"),
        _(
            "All words below that say what the English says today. Confirmed words are "
            "published at once, as a new version of their module."
        ),
        confirmed_wordings(pairs),
        lambda name, user, now: confirming.confirm_modules(
            language=language, name=name, actor=user, now=now
        ),
        pairs=pairs,
    )


def _page(words: PageWords, read_hash: str) -> Subject:
    page = words.page
    return Subject(
        page.locale.language_code,
        page.title,
        _("The words of this page as they are today. New words are a draft again."),
        confirmed_page(words),
        lambda name, user, now: confirming.confirm_page(
            words=words, read_hash=read_hash, name=name, actor=user, now=now
        ),
        words.words_hash,
        links=[
            (
                _("Read the page"),
                reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
            ),
            (
                _("Read it beside the English"),
                reverse("wagtailadmin_pages:edit", args=[page.pk]),
            ),
        ],
    )


SUBJECTS: dict[str, Callable[[str], Subject]] = {
    "interface": _interface,
    "routes": _routes,
    "signs": _signs,
    "modules": _modules,
}
