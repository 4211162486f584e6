from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from accounts.scoping import may_enter_admin
from media.images import views
from media.images.models import SiteVideo
from media.images.viewsets import VideoPolicy, VideoViewSet

register_permission_policy(SiteVideo, VideoPolicy(SiteVideo))


class EndingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_enter_admin(request.user)


@hooks.register("register_admin_viewset")
def register_videos() -> VideoViewSet:
    return VideoViewSet()


@hooks.register("register_admin_urls")
def image_urls() -> list[URLPattern | URLResolver]:
    patterns = [path("ending/", views.ending, name="ending")]
    return [path("pictures/", include((patterns, "pictures_admin")))]


@hooks.register("register_reports_menu_item")
def ending_menu_item() -> MenuItem:
    return EndingMenuItem(
        _("Pictures and videos that end"),
        reverse("pictures_admin:ending"),
        name="pictures-ending",
        icon_name="image",
        order=650,
    )
