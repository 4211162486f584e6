from django.urls import path

from campaigns.guidance import reports
from campaigns.guidance.views import checking, finding, languages, materials, reviewing

app_name = "guidance_admin"

urlpatterns = [
    # /cms/guidance/
    path("documents/<int:pk>/", materials.document, name="document"),
    path("check-words/", checking.check_words, name="check-words"),
    path("approvals/", reports.ApprovalsView.as_view(), name="approvals"),
    path(
        "approvals/results/",
        reports.ApprovalsView.as_view(results_only=True),
        name="approvals-results",
    ),
    path("approvals/<int:pk>/", reviewing.approval_plan, name="approval-plan"),
    path("approvals/<int:pk>/take/", reviewing.approval_take, name="approval-take"),
    path(
        "approvals/<int:pk>/refused/",
        reviewing.approval_refused,
        name="approval-refused",
    ),
    path("languages/", languages.languages, name="languages"),
    path(
        "languages/pages/<int:pk>/",
        languages.language_page_confirm,
        name="language-page-confirm",
    ),
    path(
        "languages/<str:language>/<str:what>/",
        languages.language_confirm,
        name="language-confirm",
    ),
    path("reviews/", reports.ReviewsView.as_view(), name="reviews"),
    path(
        "reviews/results/",
        reports.ReviewsView.as_view(results_only=True),
        name="reviews-results",
    ),
    path("reviews/<int:pk>/", reviewing.page_confirm, name="page-confirm"),
    path("reading-ages/", reports.ReadingAgesView.as_view(), name="reading-ages"),
    path(
        "reading-ages/results/",
        reports.ReadingAgesView.as_view(results_only=True),
        name="reading-ages-results",
    ),
]

public_urlpatterns = (
    [
        # / and the prefix of a language
        path("search/", finding.search, name="search"),
        path("a-to-z/", finding.directory, name="a-to-z"),
    ],
    "guidance",
)
