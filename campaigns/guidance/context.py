from typing import Any

from django.http import HttpRequest  # noqa: TID251 -- a context processor's argument
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from campaigns.guidance.links import footer_menu, language_links, main_menu
from core.paths import is_private


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give public pages their menus, looked up only by the layouts that show them."""
    if is_private(request.path):
        return {}
    return {
        "home_url": reverse("wagtail_serve", args=[""]),
        "emergency_url": reverse("routes:now"),
        "language_links": SimpleLazyObject(lambda: language_links(request)),
        "navigation": SimpleLazyObject(lambda: main_menu(request)),
        "footer_links": SimpleLazyObject(lambda: footer_menu(request)),
    }
