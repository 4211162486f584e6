from django.urls import path

from partners.register.views import joining

app_name = "register"

urlpatterns = [
    path("join/", joining.join, name="join"),
    path("join/sent/", joining.join_sent, name="join-sent"),
    path("join/confirm/<str:token>/", joining.join_confirm, name="join-confirm"),
]
