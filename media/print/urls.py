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
    path("partners/<str:key>/certificates/", views.certificates, name="certificates"),
    path("partners/<str:key>/certificates/cards.pdf", views.cards, name="cards"),
    path(
        "partners/<str:key>/certificates/<str:code>/<str:form>.pdf",
        views.managers_certificate,
        name="managers-certificate",
    ),
    # /train/
    path(
        "train/certificates/<str:code>/<str:form>.pdf",
        views.certificate,
        name="certificate",
    ),
    # An address of earlier days
    path("verify/<str:code>/certificate.pdf", views.old_certificate),
]
