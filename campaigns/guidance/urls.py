from django.urls import path

from campaigns.guidance import views

app_name = "guidance_admin"

urlpatterns = [
    # /cms/guidance/
    path("check-words/", views.check_words, name="check-words"),
]
