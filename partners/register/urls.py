from django.urls import path

from partners.register.views import (
    import_rows,
    imports,
    joining,
    managing,
    personal,
    places,
    staff,
)

app_name = "register"

urlpatterns = [
    # /partners/join/
    path("join/", joining.join, name="join"),
    path("join/sent/", joining.join_sent, name="join-sent"),
    path("join/call/", joining.join_call, name="join-call"),
    path("join/confirm/<str:token>/", joining.join_confirm, name="join-confirm"),
    # /partners/<key>/about/
    path("<str:key>/about/", places.place, name="place"),
    path("<str:key>/about/profile/", places.profile, name="profile"),
    path("<str:key>/about/contacts/add/", places.contact_add, name="contact-add"),
    path(
        "<str:key>/about/contacts/<int:pk>/",
        places.contact_change,
        name="contact-change",
    ),
    path(
        "<str:key>/about/contacts/<int:pk>/remove/",
        places.contact_remove,
        name="contact-remove",
    ),
    # /partners/<key>/managers/
    path("<str:key>/managers/invite/", managing.manager_invite, name="manager-invite"),
    path(
        "<str:key>/managers/<int:pk>/again/",
        managing.manager_invite_again,
        name="manager-again",
    ),
    path("<str:key>/managers/<int:pk>/end/", managing.manager_end, name="manager-end"),
    path(
        "<str:key>/managers/<int:pk>/hand-over/",
        managing.manager_hand_over,
        name="manager-hand-over",
    ),
    # /partners/<key>/people/
    path("<str:key>/people/add/", staff.person_add, name="person-add"),
    path("<str:key>/people/<int:pk>/left/", staff.spell_left, name="spell-left"),
    path("<str:key>/people/<int:pk>/void/", staff.spell_void, name="spell-void"),
    path(
        "<str:key>/people/<int:pk>/correct/",
        personal.spell_correct,
        name="spell-correct",
    ),
    path("<str:key>/people/leavers/", personal.leavers, name="leavers"),
    path(
        "<str:key>/people/staff.csv", personal.export, {"extension": "csv"}, "staff-csv"
    ),
    path(
        "<str:key>/people/staff.xlsx",
        personal.export,
        {"extension": "xlsx"},
        "staff-xlsx",
    ),
    path(
        "<str:key>/people/data/<str:staff_key>/",
        personal.person_copy,
        name="person-copy",
    ),
    path(
        "<str:key>/people/data/<str:staff_key>.json",
        personal.person_copy_json,
        name="person-copy-json",
    ),
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
        "<str:key>/people/import/<str:import_key>/again/",
        imports.again,
        name="import-again",
    ),
    path(
        "<str:key>/people/import/<str:import_key>/discard/",
        imports.discard,
        name="import-discard",
    ),
    path(
        "<str:key>/people/import/<str:import_key>/rows/<int:number>/",
        import_rows.fix,
        name="import-fix",
    ),
    path(
        "<str:key>/people/import/<str:import_key>/rows/<int:number>/skip/",
        import_rows.skip,
        name="import-skip",
    ),
    path(
        "<str:key>/people/import/<str:import_key>/apply/",
        import_rows.apply,
        name="import-apply",
    ),
    path(
        "<str:key>/people/import/<str:import_key>/progress/",
        import_rows.progress,
        name="import-progress",
    ),
    path(
        "<str:key>/people/import/<str:import_key>/missing/",
        import_rows.missing,
        name="import-missing",
    ),
    path(
        "<str:key>/people/import/<str:import_key>/undo/",
        import_rows.undo,
        name="import-undo",
    ),
]
