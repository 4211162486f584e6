from django.apps import AppConfig


class ScrutinyConfig(AppConfig):
    name = "partners.scrutiny"
    label = "scrutiny"
    verbose_name = "Scrutiny"
