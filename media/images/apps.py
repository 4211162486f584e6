from datetime import timedelta

from django.apps import AppConfig


class ImagesConfig(AppConfig):
    name = "media.images"
    label = "images"
    verbose_name = "Images and documents"

    def ready(self) -> None:
        from core import generation, jobs  # noqa: PLC0415 -- apps are ready now
        from media.images import models  # noqa: PLC0415 -- apps are ready now

        generation.watch(models.SiteImage, models.SiteVideo, models.VideoCaptions)
        jobs.run_every(timedelta(hours=1), "media.images.tasks.leave_out_what_ended")
