"""What may be sent in as evidence, judged by content and not by name."""

import warnings
from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_BYTES = 5 * 1024 * 1024
LARGEST_PIXELS = 50_000_000
IMAGE_TYPES = {"PNG": ("image/png", ".png"), "JPEG": ("image/jpeg", ".jpg")}


@dataclass(frozen=True)
class Evidence:
    """A checked file: its bytes, what it is, and the ending that goes with it."""

    content: bytes
    content_type: str
    suffix: str


def read_evidence(upload: "UploadedFile[bytes]") -> Evidence:
    """Return the file when it is a PDF, PNG or JPEG of bearable size.

    Pictures are written anew, so that place, time and device of the camera are gone.

    :raises ValidationError: with a sentence for the person who sent it.
    """
    if not upload.size:
        raise ValidationError(_("This file is empty. Choose another one."))
    if upload.size > LARGEST_BYTES:
        raise ValidationError(
            _("This file is larger than %(size)s. Send a smaller one.")
            % {"size": filesizeformat(LARGEST_BYTES)}
        )
    content = upload.read()
    if content.startswith(b"%PDF-"):
        return Evidence(content, "application/pdf", ".pdf")
    return _read_picture(content)


def _read_picture(content: bytes) -> Evidence:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _without_camera_facts(content)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise ValidationError(
            _("This is not a PDF, PNG or JPEG file that we can read.")
        ) from error


def _without_camera_facts(content: bytes) -> Evidence:
    with Image.open(BytesIO(content), formats=list(IMAGE_TYPES)) as opened:
        if opened.width * opened.height > LARGEST_PIXELS:
            raise ValueError("too many pixels")
        content_type, suffix = IMAGE_TYPES[str(opened.format)]
        picture = ImageOps.exif_transpose(opened)
        kind = opened.format
    picture.info.clear()
    written = BytesIO()
    picture.save(written, format=kind)
    return Evidence(written.getvalue(), content_type, suffix)
