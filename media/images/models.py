from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.validators import FileExtensionValidator
from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)

from media.images.pictures import clean_picture
from media.images.validators import validate_captions, validate_video


class Permitted(models.Model):
    """Something that may be shown only while its licence and consent last."""

    licence = models.CharField(
        _("licence"),
        max_length=120,
        help_text=_("Whose it is and by what right we show it."),
    )
    licence_until = models.DateField(_("licence until"), null=True, blank=True)
    consent_until = models.DateField(
        _("consent until"),
        null=True,
        blank=True,
        help_text=_("The last day on which the people shown agree to be shown."),
    )

    class Meta:
        abstract = True

    def faults(self, today: date) -> list[str]:
        """Say in a sentence each why this may not be shown on a day."""
        named = {"title": str(self)}
        faults = []
        if not self.licence:
            faults.append(_now("“%(title)s” has no licence.") % named)
        for until, sentence in (
            (self.licence_until, _now("The licence of “%(title)s” ended on %(day)s.")),
            (self.consent_until, _now("The consent for “%(title)s” ended on %(day)s.")),
        ):
            if until and until < today:
                faults.append(sentence % {**named, "day": date_format(until)})
        return faults

    def is_usable(self, today: date) -> bool:
        return not self.faults(today)

    @property
    def ends_on(self) -> date | None:
        """Return the last day it may be shown, if there is one."""
        days = [day for day in (self.licence_until, self.consent_until) if day]
        return min(days, default=None)


def ends_by(day: date) -> models.Q:
    """Select what may no longer be shown after a day, or already not."""
    return models.Q(licence_until__lte=day) | models.Q(consent_until__lte=day)


class PictureFile(WagtailImageFieldFile):
    """Every picture is written anew as it is stored, whichever way it came."""

    def save(self, name: str, content: "File[bytes]", save: bool = True) -> None:  # noqa: FBT001, FBT002 -- Django's own signature
        super().save(name, clean_picture(content), save)


class PictureField(WagtailImageField):
    attr_class = PictureFile


class SiteImage(Permitted, AbstractImage):
    """A picture with the words that stand for it, its licence and its consent."""

    file = PictureField(
        verbose_name=_("file"),
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )
    alt = models.CharField(
        _("words for people who do not see it"),
        max_length=300,
        help_text=_("Say what the picture tells. Never who a child is."),
    )

    admin_form_fields = (
        *Image.admin_form_fields,
        "alt",
        "licence",
        "licence_until",
        "consent_until",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        permissions = [("choose_siteimage", "Can choose image")]

    def __str__(self) -> str:
        return str(self.title)

    def _set_image_file_metadata(self) -> None:
        super()._set_image_file_metadata()
        # Wagtail leaves a stored file open; one still in memory cannot be closed.
        self.file.close()

    def generate_rendition_file(
        self,
        filter: Filter,  # noqa: A002 -- Wagtail's own name for it
        *,
        source: "File[bytes] | None" = None,
    ) -> "File[bytes]":
        # Wagtail leaves the temporary file it drew in open: we hand on its bytes.
        drawn = super().generate_rendition_file(filter, source=source)
        with drawn.file as temporary:
            temporary.seek(0)
            return ContentFile(temporary.read(), name=drawn.name)

    @property
    def default_alt_text(self) -> str:
        return self.alt

    @property
    def kind(self) -> str:
        return _now("Picture")

    @property
    def edit_url(self) -> str:
        return reverse("wagtailimages:edit", args=[self.pk])


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="rendition_once_per_filter",
            ),
        ]


class SiteDocument(AbstractDocument):
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        permissions = [("choose_sitedocument", "Can choose document")]


class SiteVideo(Permitted, ClusterableModel):
    """A video with captions and the words spoken in it, in one language or more."""

    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(
        _("file"),
        upload_to="videos",
        validators=[FileExtensionValidator(["mp4", "webm"]), validate_video],
        help_text=_("MP4 or WebM, at most 50 MB."),
    )

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    def __str__(self) -> str:
        return self.title

    @property
    def kind(self) -> str:
        return _now("Video")

    @property
    def edit_url(self) -> str:
        return reverse("videos:edit", args=[self.pk])

    @property
    def content_type(self) -> str:
        return "video/mp4" if str(self.file.name).endswith("mp4") else "video/webm"


class VideoCaptions(models.Model):
    """What is said in a video, as captions and as a text to read instead."""

    video = ParentalKey(SiteVideo, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    file = models.FileField(
        _("captions"),
        upload_to="captions",
        validators=[FileExtensionValidator(["vtt"]), validate_captions],
        help_text=_("A WebVTT file."),
    )
    transcript = models.TextField(
        _("transcript"),
        help_text=_("What is said and shown. An empty line begins a new paragraph."),
    )

    class Meta:
        verbose_name = _("captions")
        constraints = [
            models.UniqueConstraint(
                fields=["video", "language"],
                name="videocaptions_once_per_language",
                violation_error_message=_("A video has captions once in a language."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_language_display())

    @property
    def label(self) -> str:
        return str(dict[str, Any](settings.LANGUAGES)[self.language])
