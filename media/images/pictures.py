"""A picture as we keep it: decoded once, and telling nothing of where it was taken."""

import warnings
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
# A few bytes may claim to be a picture of any size: what is larger is never decoded.
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 12_000
# What a picture needs to look right. Everything else it carries is left behind.
KEPT = ("icc_profile", "transparency")
ORIENTATION = 0x0112
UPRIGHT = 1
OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "progressive": True},
    "PNG": {},
    "WEBP": {"quality": 90},
}


class PictureError(Exception):
    """A file that we cannot keep as a picture, in words for the person who sent it."""


class CleanPicture(ContentFile[bytes]):
    """A picture that has been through `clean_picture`: it is not written anew."""


def clean_picture(upload: "File[bytes]") -> CleanPicture:
    """Decode a picture and write it anew, upright and without its metadata.

    A telephone notes the place, the day and its own number inside each photograph.

    :raises PictureError: when it is no picture, damaged, or too large to decode.
    """
    if isinstance(upload, CleanPicture):
        return upload
    name = upload.name or ""
    kind = FORMATS.get(PurePath(name).suffix.lower())
    if kind is None:
        raise PictureError(_("Choose a picture that is a JPEG, PNG or WebP file."))
    upload.seek(0)
    given = upload.read()
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            _check(given, kind)
            written = _written(given, kind)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
            raise PictureError(_too_large()) from bomb
        except (OSError, SyntaxError, ValueError) as fault:
            raise PictureError(
                _(
                    "This file cannot be read as a picture. It may be damaged or have "
                    "the wrong ending. Save it again as a JPEG, PNG or WebP file."
                )
            ) from fault
    return CleanPicture(written, name=name)


def _check(given: bytes, kind: str) -> None:
    """Refuse what is too large, or is not whole, before it is decoded."""
    with Image.open(BytesIO(given), formats=[kind]) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
            raise PictureError(_too_large())
        picture.verify()


def _written(given: bytes, kind: str) -> bytes:
    with Image.open(BytesIO(given), formats=[kind]) as opened:
        opened.load()
        options = OPTIONS[kind]
        if opened.getexif().get(ORIENTATION, UPRIGHT) != UPRIGHT:
            picture: Image.Image = ImageOps.exif_transpose(opened)
        else:
            picture = opened
            if opened.format == "JPEG":
                # The same tables as before: written anew, it loses nothing.
                options = {"quality": "keep"}
        picture.info = {key: picture.info[key] for key in KEPT if key in picture.info}
        written = BytesIO()
        picture.save(written, kind, **options)
        return written.getvalue()


def _too_large() -> str:
    return _(
        "This picture is too large: at most %(side)s pixels along a side and %(most)s "
        "million in all. Make it smaller and try again."
    ) % {"side": LONGEST_SIDE, "most": MOST_PIXELS // 1_000_000}
