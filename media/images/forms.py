from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from media.images.pictures import PictureError, clean_picture

MOST_DOCUMENT_BYTES = 20 * 1024 * 1024


class PictureFormField(WagtailImageField):
    """Looks at size and soundness first: Wagtail decodes a picture to measure it."""

    def to_python(self, data: Any) -> Any:
        if data:
            self.check_image_file_size(data)
            try:
                data = clean_picture(data)
            except PictureError as error:
                raise forms.ValidationError(str(error)) from error
        return super().to_python(data)


class SiteImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = PictureFormField(
                label=given.label, widget=given.widget, required=given.required
            )


class SiteDocumentForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if (
            isinstance(upload, UploadedFile)
            and (upload.size or 0) > MOST_DOCUMENT_BYTES
        ):
            raise forms.ValidationError(
                _("This document is too big: at most %(most)s MB.")
                % {"most": MOST_DOCUMENT_BYTES // 1024 // 1024}
            )
        return upload
