from django.urls import path

from accounts.views import people

app_name = "people"

urlpatterns = [
    # /cms/people/
    path("", people.person_list, name="person-list"),
    path("invite/", people.person_invite, name="person-invite"),
    path("<int:pk>/<slug:act>/", people.person_act, name="person-act"),
]
