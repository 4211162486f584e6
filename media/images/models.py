from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class SiteImage(AbstractImage):
    """A picture with the words that stand for it, its licence and its consent."""

    alt = models.CharField(
        _("words for people who do not see it"),
        max_length=300,
        help_text=_("Say what the picture tells. Never who a child is."),
    )
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    consent_until = models.DateField(_("consent until"), null=True, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "alt", "licence", "consent_until")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        permissions = [("choose_siteimage", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        return self.alt


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
