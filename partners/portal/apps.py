from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "partners.portal"
    label = "portal"
    verbose_name = "Portal"
