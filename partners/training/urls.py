from django.urls import path

from partners.training.views import journey, links, signing_in, verifying

app_name = "training"

urlpatterns = [
    path("", signing_in.sign_in, name="sign-in"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
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
    [path("<str:code>/", verifying.certificate_check, name="certificate")],
    "verify",
)
