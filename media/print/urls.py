from django.urls import path

from media.print import views

app_name = "print"

urlpatterns = [
    # /partners/<key>/
    path("partners/<str:key>/posters/", views.posters, name="posters"),
    path("partners/<str:key>/posters/<str:text>.pdf", views.poster, name="poster"),
    path("partners/<str:key>/slips.pdf", views.slips, name="slips"),
    path(
        "partners/<str:key>/team-talks/<slug:slug>/",
        views.team_talk,
        name="team-talk",
    ),
    path(
        "partners/sessions/<str:session_key>/sheet/",
        views.session_sheet,
        name="session-sheet",
    ),
    # /verify/
    path("verify/<str:code>/certificate.pdf", views.certificate, name="certificate"),
]
