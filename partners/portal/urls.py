from django.urls import path

from partners.portal.views import answers, messages, premises

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
    # What a manager answers at home
    path("<str:key>/have-they-left/", answers.leavers, name="leavers"),
    path("<str:key>/have-they-left/answer/", answers.leaver, name="answer-leaver"),
    path("<str:key>/bulletins/read/", answers.bulletin_read, name="bulletin-read"),
]
