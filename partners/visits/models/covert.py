from django.db import models


class CovertModel(models.Model):
    """Kept out of Wagtail's reference index, log, history and usage views."""

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
