from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "partners.register"
    label = "register"
    verbose_name = "Register"
