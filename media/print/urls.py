from django.urls import path

from media.print.views import evidence, letters, printing

app_name = "print"

urlpatterns = [
    # /partners/<key>/
    path("partners/<str:key>/posters/", printing.posters, name="posters"),
    path("partners/<str:key>/posters/<str:text>.pdf", printing.poster, name="poster"),
    path("partners/<str:key>/slips.pdf", printing.slips, name="slips"),
    path(
        "partners/<str:key>/team-talks/<slug:slug>/",
        printing.team_talk,
        name="team-talk",
    ),
    path(
        "partners/sessions/<str:session_key>/sheet/",
        printing.session_sheet,
        name="session-sheet",
    ),
    path(
        "partners/<str:key>/certificates/", printing.certificates, name="certificates"
    ),
    path("partners/<str:key>/certificates/cards.pdf", printing.cards, name="cards"),
    path(
        "partners/<str:key>/certificates/<str:code>/<str:form>.pdf",
        printing.managers_certificate,
        name="managers-certificate",
    ),
    path("partners/<str:key>/evidence/", evidence.packs, name="packs"),
    path(
        "partners/<str:key>/evidence/<str:code>.<str:form>",
        evidence.pack,
        name="pack",
    ),
    path(
        "partners/<str:key>/feedback/<str:visit_key>/letter.pdf",
        letters.feedback_letter,
        name="feedback-letter",
    ),
    # /train/
    path(
        "train/certificates/<str:code>/<str:form>.pdf",
        printing.certificate,
        name="certificate",
    ),
    # An address of earlier days
    path("verify/<str:code>/certificate.pdf", printing.old_certificate),
]

verify_urlpatterns = (
    [
        path("", evidence.pack_check, name="nothing"),
        path("<str:code>/", evidence.pack_check, name="check"),
    ],
    "verify-pack",
)
