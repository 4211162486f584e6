from django.urls import path

from campaigns.learning import views

app_name = "learning_admin"

urlpatterns = [
    # /cms/modules/
    path(
        "modules/words/<int:pk>/<slug:language>/",
        views.module_words,
        name="module-words",
    ),
    path("modules/team-talk/<int:pk>/", views.team_talk, name="team-talk"),
]
