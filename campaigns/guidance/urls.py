from django.urls import path

from campaigns.guidance.views import checking, finding

app_name = "guidance_admin"

urlpatterns = [
    # /cms/guidance/
    path("check-words/", checking.check_words, name="check-words"),
]

public_urlpatterns = (
    [
        # / and the prefix of a language
        path("search/", finding.search, name="search"),
        path("a-to-z/", finding.directory, name="a-to-z"),
    ],
    "guidance",
)
