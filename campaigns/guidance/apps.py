from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "campaigns.guidance"
    label = "guidance"
    verbose_name = "Guidance"
