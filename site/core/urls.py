from django.urls import path

from core import views

app_name = "core"

urlpatterns = [
    path("brand.css", views.brand_css, name="brand-css"),
    path("leave/", views.leave, name="leave"),
    path("health/", views.health, name="health"),
]
