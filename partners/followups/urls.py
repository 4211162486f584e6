from django.urls import path

from partners.followups.views import challenges, managers

app_name = "followups"

urlpatterns = [
    # /partners/<key>/
    path("<str:premises_key>/tasks/", managers.task_list, name="task-list"),
    path(
        "<str:premises_key>/tasks/<str:task_key>/",
        managers.task_detail,
        name="task-detail",
    ),
    path(
        "<str:premises_key>/tasks/<str:task_key>/files/<str:evidence_key>/",
        managers.evidence,
        name="task-evidence",
    ),
    path(
        "<str:premises_key>/feedback/<str:visit_key>/",
        managers.feedback,
        name="feedback",
    ),
    path(
        "<str:premises_key>/feedback/<str:visit_key>/challenge/",
        challenges.challenge,
        name="challenge",
    ),
]
