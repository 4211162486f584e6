from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "partners.visits"
    label = "visits"
    verbose_name = "Test visits"
