from django.urls import path

from outbox.views import health, officers, receipts

app_name = "outbox"

urlpatterns = [
    # /cms/outbox/
    path("", officers.message_list, name="message-list"),
    path("messages.csv", officers.message_sheet, name="message-sheet"),
    path("<int:pk>/", officers.message_detail, name="message-detail"),
]

operator_urlpatterns = (
    [
        path("health/clock/", health.clock, name="clock"),
        path("health/messages/", health.messages, name="messages"),
        path("api/receipts/notify/", receipts.notify_receipt, name="notify-receipt"),
    ],
    "operator",
)
