from django.apps import AppConfig


class ImagesConfig(AppConfig):
    name = "media.images"
    label = "images"
    verbose_name = "Images and documents"
