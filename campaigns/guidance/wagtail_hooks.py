from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from accounts.models import User
from accounts.scoping import may_translate
from campaigns.guidance.models import Campaign, OwnPagesPolicy, PublicPage, seen_by
from campaigns.guidance.viewsets import (
    CampaignViewSet,
    GuardedPhraseViewSet,
    SearchSynonymViewSet,
)
from core.careful_forms import keep_words
from media.images.models import SiteDocument

register_permission_policy(Page, OwnPagesPolicy())


@hooks.register("register_admin_viewset")
def register_campaigns() -> CampaignViewSet:
    return CampaignViewSet()


@hooks.register("register_admin_viewset")
def register_search_words() -> SearchSynonymViewSet:
    return SearchSynonymViewSet()


@hooks.register("register_admin_viewset")
def register_guarded_phrases() -> GuardedPhraseViewSet:
    return GuardedPhraseViewSet()


@hooks.register("register_admin_urls")
def guidance_urls() -> list[URLPattern | URLResolver]:
    return [path("guidance/", include("campaigns.guidance.urls"))]


@hooks.register("insert_editor_js")
def look_for_words_while_typing() -> SafeString:
    return format_html(
        '<script src="{}" defer></script>', static("js/language-guard.js")
    )


@hooks.register("after_create_page")
def keep_words_of_a_new_page(request: HttpRequest, page: Page) -> None:
    """Write down what was kept: the page got its number after its form was saved."""
    if isinstance(request.user, User):
        keep_words(page, by=request.user)


@hooks.register("register_admin_menu_item")
def languages_menu_item() -> MenuItem:
    return MenuItem(
        _("Languages"),
        reverse("guidance_admin:languages"),
        name="languages",
        icon_name="globe",
        order=307,
    )


@hooks.register("register_reports_menu_item")
def reviews_menu_item() -> MenuItem:
    return MenuItem(
        _("Pages due for review"),
        reverse("guidance_admin:reviews"),
        name="reviews",
        icon_name="history",
        order=100,
    )


@hooks.register("register_reports_menu_item")
def approvals_menu_item() -> MenuItem:
    return MenuItem(
        _("Pages waiting for approval"),
        reverse("guidance_admin:approvals"),
        name="approvals",
        icon_name="tasks",
        order=110,
    )


@hooks.register("register_reports_menu_item")
def reading_ages_menu_item() -> MenuItem:
    return MenuItem(
        _("Reading ages"),
        reverse("guidance_admin:reading-ages"),
        name="reading-ages",
        icon_name="glasses",
        order=120,
    )


@hooks.register("before_bulk_action")
def refuse_to_publish_unseen(
    request: HttpRequest, action: str, pages: list[Page], view: object
) -> HttpResponse | None:
    """Send pages that need a note or a new picture to their own form."""
    if action != "publish":
        return None
    today = timezone.localdate()
    for page in pages:
        specific = page.get_latest_revision_as_object()
        if page.current_workflow_task:
            told = _("“%(title)s” waits for approval: approve it here to publish it.")
            messages.error(request, told % {"title": specific.title})
            return redirect("wagtailadmin_pages:edit", specific.pk)
        if isinstance(specific, PublicPage) and specific.refusals(today):
            told = _("Open “%(title)s” to publish it: something has to be put right.")
            messages.error(request, told % {"title": specific.title})
            return redirect("wagtailadmin_pages:edit", specific.pk)
    return None


@hooks.register("construct_page_chooser_queryset")
def choose_from_own_pages(
    pages: "QuerySet[Page]", request: HttpRequest
) -> "QuerySet[Page]":
    return pages.filter(seen_by(request.user))


@hooks.register("before_serve_document")
def keep_back_materials(document: SiteDocument, request: HttpRequest) -> None:
    """Refuse the file of a planned campaign to everybody: nobody is known out there.

    Raised, not returned: what is returned may be kept until after the opening.
    """
    if Campaign.objects.keep_back(document, timezone.now()):
        raise Http404


@hooks.register("construct_reports_menu")
def report_translations_to_translators(
    request: HttpRequest, items: list[MenuItem]
) -> None:
    if not may_translate(request.user):
        report = reverse("wagtail_localize:translations_report")
        items[:] = [item for item in items if item.url != report]


@hooks.register("construct_page_action_menu")
def approve_what_waits(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Leave “Publish” out while a page waits: approving publishes and is a review."""
    page = context.get("page")
    if page and page.current_workflow_task:
        items[:] = [item for item in items if item.name != "action-publish"]
