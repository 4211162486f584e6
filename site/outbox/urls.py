from django.urls import path

from outbox import views

app_name = "outbox"

urlpatterns = [
    # /cms/outbox/
    path("", views.message_list, name="message-list"),
    path("<int:pk>/", views.message_detail, name="message-detail"),
]
