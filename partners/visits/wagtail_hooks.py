from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.menu import OfficerMenuItem
from partners.visits.views import authorisations, challenges, feeds, officers

patterns: list[URLPattern | URLResolver] = [
    # /cms/visits/
    path("", officers.visit_list, name="list"),
    path("plan/", officers.visit_plan, name="plan"),
    path("authorisations/", authorisations.authorisation_list, name="authorisations"),
    path(
        "authorisations/add/",
        authorisations.authorisation_add,
        name="authorisation-add",
    ),
    path("challenges/", challenges.challenge_list, name="challenges"),
    path("challenges/<str:key>/", challenges.challenge_detail, name="challenge"),
    path("testers/", feeds.tester_list, name="testers"),
    path("testers/<int:pk>/revoke/", feeds.revoke, name="revoke-feed"),
    path("<str:key>/", officers.visit_detail, name="detail"),
    path("<str:key>/check/", officers.visit_check, name="check"),
    path("<str:key>/release/", officers.visit_release, name="release"),
    path("<str:key>/<slug:change>/", officers.visit_change, name="change"),
]


@hooks.register("register_admin_urls")
def visit_urls() -> list[URLPattern | URLResolver]:
    return [path("visits/", include((patterns, "visits_admin")))]


@hooks.register("register_admin_menu_item")
def visit_menu_item() -> MenuItem:
    return OfficerMenuItem(
        _("Test visits"),
        reverse("visits_admin:list"),
        name="test-visits",
        icon_name="view",
        order=310,
    )
