from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from accounts.menu import OfficerMenuItem
from partners.training.models import Requirement
from partners.training.views import coverage
from partners.training.viewsets import RequirementPolicy, RequirementViewSet

register_permission_policy(Requirement, RequirementPolicy(Requirement))

COVERAGE_PATTERNS = [
    # /cms/coverage/
    path("", coverage.coverage_list, name="list"),
    path("export/", coverage.coverage_export, name="export"),
]


@hooks.register("register_admin_viewset")
def register_requirements() -> RequirementViewSet:
    return RequirementViewSet()


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("coverage/", include((COVERAGE_PATTERNS, "coverage")))]


@hooks.register("register_admin_menu_item")
def coverage_menu_item() -> MenuItem:
    return OfficerMenuItem(
        _("Coverage"),
        reverse("coverage:list"),
        name="coverage",
        icon_name="clipboard-list",
        order=310,
    )
