from django.urls import path

from partners.scrutiny import views

app_name = "scrutiny"

urlpatterns = [path("", views.board, name="board")]
