from django.apps import AppConfig


class SignsConfig(AppConfig):
    name = "campaigns.signs"
    label = "signs"
    verbose_name = "Signs"
