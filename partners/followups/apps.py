from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    name = "partners.followups"
    label = "followups"
    verbose_name = "Follow-ups"
