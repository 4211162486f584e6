from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "partners.training"
    label = "training"
    verbose_name = "Training"
