from django.urls import path

from campaigns.routes import views

app_name = "routes"

urlpatterns = [
    # /report/
    path("", views.finder, name="finder"),
    path("all/", views.every_route, name="all"),
    path("now/", views.now, name="now"),
    path("<slug:urgency>/", views.matter, name="matter"),
    path("<slug:urgency>/<slug:matter>/", views.where, name="where"),
    path("<slug:urgency>/<slug:matter>/<slug:area_slug>/", views.answer, name="answer"),
]
