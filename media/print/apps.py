from django.apps import AppConfig


class PrintConfig(AppConfig):
    name = "media.print"
    label = "print"
    verbose_name = "Print"
