from django.apps import AppConfig


class CodesConfig(AppConfig):
    name = "media.codes"
    label = "codes"
    verbose_name = "Codes"
