from django.urls import path

from campaigns.routes.views import finder

app_name = "routes"

urlpatterns = [
    # /report/
    path("", finder.finder, name="finder"),
    path("all/", finder.every_route, name="all"),
    path("now/", finder.now, name="now"),
    path("<slug:urgency>/", finder.matter, name="matter"),
    path("<slug:urgency>/<slug:matter>/", finder.where, name="where"),
    path(
        "<slug:urgency>/<slug:matter>/<slug:area_slug>/", finder.answer, name="answer"
    ),
]
