from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.menu import OfficerMenuItem
from partners.followups.views import officers

patterns: list[URLPattern | URLResolver] = [
    # /cms/follow-ups/
    path("", officers.task_list, name="list"),
    path("retests/", officers.retest_list, name="retests"),
    path("<str:key>/", officers.task_detail, name="detail"),
    path("<str:key>/verify/", officers.task_verify, name="verify"),
    path("<str:key>/return/", officers.task_return, name="return"),
    path("<str:key>/done/", officers.task_done, name="done"),
    path("<str:key>/files/<str:evidence_key>/", officers.evidence, name="evidence"),
]


@hooks.register("register_admin_urls")
def follow_up_urls() -> list[URLPattern | URLResolver]:
    return [path("follow-ups/", include((patterns, "followups_admin")))]


@hooks.register("register_admin_menu_item")
def follow_up_menu_item() -> MenuItem:
    return OfficerMenuItem(
        _("Follow-ups"),
        reverse("followups_admin:list"),
        name="follow-ups",
        icon_name="tasks",
        order=320,
    )
