from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from accounts.menu import OfficerMenuItem
from partners.training.models import Requirement
from partners.training.views import (
    coverage,
    session_acts,
    session_pages,
    session_people,
)
from partners.training.viewsets import RequirementPolicy, RequirementViewSet

register_permission_policy(Requirement, RequirementPolicy(Requirement))

COVERAGE_PATTERNS = [
    # /cms/coverage/
    path("", coverage.coverage_list, name="list"),
    path("export/", coverage.coverage_export, name="export"),
]
SESSION_PATTERNS = [
    # /cms/sessions/
    path("", session_pages.officer_list, name="list"),
    path("plan/", session_pages.officer_plan, name="plan"),
    path("<str:key>/", session_pages.officer_detail, name="detail"),
    path(
        "<str:key>/people/<str:premises_key>/",
        session_people.officer_people,
        name="people",
    ),
    path("<str:key>/change/", session_acts.officer_change, name="change"),
    path("<str:key>/cancel/", session_acts.officer_cancel, name="cancel"),
    path("<str:key>/open/", session_acts.officer_open_it, name="open"),
    path("<str:key>/close/", session_acts.officer_close, name="close"),
    path("<str:key>/code/", session_acts.officer_new_code, name="new-code"),
]


@hooks.register("register_admin_viewset")
def register_requirements() -> RequirementViewSet:
    return RequirementViewSet()


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [
        path("coverage/", include((COVERAGE_PATTERNS, "coverage"))),
        path("sessions/", include((SESSION_PATTERNS, "officer-sessions"))),
    ]


@hooks.register("register_admin_menu_item")
def coverage_menu_item() -> MenuItem:
    return OfficerMenuItem(
        _("Coverage"),
        reverse("coverage:list"),
        name="coverage",
        icon_name="clipboard-list",
        order=310,
    )


@hooks.register("register_admin_menu_item")
def sessions_menu_item() -> MenuItem:
    return OfficerMenuItem(
        _("Sessions"),
        reverse("officer-sessions:list"),
        name="sessions",
        icon_name="group",
        order=312,
    )
