from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "campaigns.routes"
    label = "routes"
    verbose_name = "Reporting routes"
