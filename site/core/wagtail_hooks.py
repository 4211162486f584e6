from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

ELSEWHERE = ("editor-guide", "whats-new-in-wagtail")


@hooks.register("insert_global_admin_css")
def brand_the_admin() -> SafeString:
    sheets = [(reverse("core:brand-css"),), (static("css/admin.css"),)]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("construct_help_menu")
def leave_out_links_elsewhere(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if not item.name.startswith(ELSEWHERE)]
