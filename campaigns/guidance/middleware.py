from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.models import Page

from accounts.models import User
from campaigns.guidance.models import seen_by
from core.paths import is_wagtail_admin

# How Wagtail and wagtail-localize name a page in an address of the admin.
PAGE_ARGUMENTS = frozenset({"page_id", "parent_page_id", "page_to_move_id"})
CHOSEN_PAGES = "wagtailadmin_choose_page_chosen_multiple"


class OwnPagesDoorMiddleware:
    """Answer “not found” where an address of the admin names a page of others.

    Wagtail's lists ask the permission policy, and most of its screens whether the page
    may be changed. Some ask nothing: here is one door before them all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
    ) -> None:
        if not is_wagtail_admin(request.path) or not isinstance(request.user, User):
            return
        asked = _asked_pages(request, kwargs)
        if not asked or request.user.is_superuser:
            return
        pages = Page.objects.filter(pk__in=asked)
        if pages.exclude(seen_by(request.user)).exists():
            raise Http404


def _asked_pages(request: HttpRequest, kwargs: Mapping[str, Any]) -> set[int]:
    named = {kwargs[name] for name in PAGE_ARGUMENTS & kwargs.keys()}
    match = request.resolver_match
    if match and match.namespace == "wagtailadmin_pages" and "pk" in kwargs:
        named.add(kwargs["pk"])
    if match and match.view_name == CHOSEN_PAGES:
        named.update(request.GET.getlist("id"))
    return {int(value) for value in named if str(value).isdecimal()}
