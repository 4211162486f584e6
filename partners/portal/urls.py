from django.urls import path

from partners.portal.views import messages, premises

app_name = "portal"

urlpatterns = [
    path("", premises.premises_list, name="premises-list"),
    path("<str:key>/", premises.home, name="premises"),
    # /partners/<key>/messages/
    path("<str:key>/messages/", messages.message_list, name="messages"),
    path("<str:key>/messages/wishes/", messages.wishes, name="message-wishes"),
    path("<str:key>/messages/links/", messages.send_links, name="send-links"),
    path("<str:key>/messages/links/end/", messages.end_link, name="end-link"),
    path("<str:key>/people/", premises.people, name="people"),
]
