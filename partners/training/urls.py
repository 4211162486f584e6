from django.urls import path

from partners.training.views import (
    attending,
    journey,
    links,
    session_acts,
    session_pages,
    session_people,
    signing_in,
    speaking,
    verifying,
)

app_name = "training"

urlpatterns = [
    path("", signing_in.sign_in, name="sign-in"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    # /train/here/ for people who are at a session
    path("here/", attending.here, name="here"),
    path("here/next/", attending.here_next, name="here-next"),
    path("here/done/<str:key>/", attending.here_done, name="here-done"),
    path("here/<str:code>/", attending.here, name="here-code"),
    path("language/", speaking.choose_language, name="language"),
    # A link that was sent to one person
    path("go/<str:token>/", links.go, name="go"),
    # /train/modules/
    path("modules/", journey.module_list, name="modules"),
    path("modules/<slug:slug>/", journey.module_detail, name="module"),
    path("modules/<slug:slug>/start/", journey.module_start, name="start-module"),
    path("modules/<slug:slug>/lessons/<int:number>/", journey.lesson, name="lesson"),
    path(
        "modules/<slug:slug>/lessons/<int:number>/instead/",
        journey.skip_lesson,
        name="skip-lesson",
    ),
    path(
        "modules/<slug:slug>/questions/<int:number>/", journey.question, name="question"
    ),
    path("modules/<slug:slug>/finish/", journey.finish, name="finish"),
    # What came of it
    path("results/<int:attempt_id>/", journey.result, name="result"),
    path("certificates/<str:code>/", journey.certificate, name="certificate"),
    # Last, because a workplace code may be any word
    path("<str:staff_code>/", signing_in.sign_in, name="start"),
]

verify_urlpatterns = (
    [
        path("", verifying.certificate_check, name="nothing"),
        path("<str:code>/", verifying.certificate_check, name="certificate"),
    ],
    "verify",
)

# /partners/<key>/sessions/
session_urlpatterns = (
    [
        path("<str:key>/sessions/", session_pages.portal_list, name="session-list"),
        path("<str:key>/sessions/plan/", session_pages.portal_plan, name="plan"),
        path(
            "<str:key>/sessions/<str:session_key>/",
            session_pages.portal_detail,
            name="detail",
        ),
        path(
            "<str:key>/sessions/<str:session_key>/people/",
            session_people.people,
            name="people",
        ),
        path(
            "<str:key>/sessions/<str:session_key>/change/",
            session_acts.change,
            name="change",
        ),
        path(
            "<str:key>/sessions/<str:session_key>/cancel/",
            session_acts.cancel,
            name="cancel",
        ),
        path(
            "<str:key>/sessions/<str:session_key>/open/",
            session_acts.open_it,
            name="open",
        ),
        path(
            "<str:key>/sessions/<str:session_key>/close/",
            session_acts.close,
            name="close",
        ),
        path(
            "<str:key>/sessions/<str:session_key>/code/",
            session_acts.new_code,
            name="new-code",
        ),
    ],
    "sessions",
)
