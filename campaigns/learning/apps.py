from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "campaigns.learning"
    label = "learning"
    verbose_name = "Modules"
