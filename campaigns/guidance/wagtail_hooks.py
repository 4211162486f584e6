from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.models import Page

from accounts.models import User
from campaigns.guidance.viewsets import (
    CampaignViewSet,
    GuardedPhraseViewSet,
    SearchSynonymViewSet,
)
from core.careful_forms import keep_words


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
