from django.urls import path

from campaigns.routes import views

app_name = "routes"

urlpatterns = [
    # /report/
    path("", views.finder, name="finder"),
]
