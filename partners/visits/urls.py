from django.urls import path

from partners.visits.views import feeds, testers

app_name = "visits"

urlpatterns = [
    # /visits/
    path("", testers.visit_list, name="visit-list"),
    path("calendar/", feeds.calendar, name="calendar"),
    path("feed/<str:token>.ics", feeds.feed, name="feed"),
    path("<str:key>/", testers.visit_detail, name="visit-detail"),
    path("<str:key>/brief/", testers.visit_brief, name="visit-brief"),
    path("<str:key>/real/", testers.visit_real, name="visit-real"),
    path("<str:key>/record/", testers.visit_record, name="visit-record"),
    path("<str:key>/not-done/", testers.visit_not_done, name="visit-not-done"),
    path("<str:key>/receipt/", testers.visit_receipt, name="visit-receipt"),
]
