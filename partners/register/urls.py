from django.urls import path

from partners.register.views import imports, joining, staff

app_name = "register"

urlpatterns = [
    # /partners/join/
    path("join/", joining.join, name="join"),
    path("join/sent/", joining.join_sent, name="join-sent"),
    path("join/confirm/<str:token>/", joining.join_confirm, name="join-confirm"),
    # /partners/<key>/people/
    path("<str:key>/people/add/", staff.person_add, name="person-add"),
    path("<str:key>/people/<int:pk>/left/", staff.spell_left, name="spell-left"),
    path("<str:key>/people/<int:pk>/void/", staff.spell_void, name="spell-void"),
    # /partners/<key>/people/import/
    path("<str:key>/people/import/", imports.upload, name="import-upload"),
    path(
        "<str:key>/people/import/<str:import_key>/",
        imports.detail,
        name="import-detail",
    ),
    path(
        "<str:key>/people/import/<str:import_key>/columns/",
        imports.columns,
        name="import-columns",
    ),
    path(
        "<str:key>/people/import/<str:import_key>/apply/",
        imports.apply,
        name="import-apply",
    ),
    path(
        "<str:key>/people/import/<str:import_key>/discard/",
        imports.discard,
        name="import-discard",
    ),
]
