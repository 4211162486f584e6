from django.apps import AppConfig


class CountyConfig(AppConfig):
    name = "county"
    verbose_name = "Beginnings"
