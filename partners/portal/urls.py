from django.urls import path

from partners.portal import views

app_name = "portal"

urlpatterns = [
    path("", views.premises_list, name="premises-list"),
    path("<str:key>/", views.home, name="premises"),
    path("<str:key>/people/", views.people, name="people"),
]
