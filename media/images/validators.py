"""Whether an uploaded video or its captions are what they say they are."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

MOST_VIDEO_BYTES = 50 * 1024 * 1024
MOST_CAPTION_BYTES = 1024 * 1024
CHUNK = 1024 * 1024
MP4_MARK = b"ftyp"
WEBM_MARK = b"\x1a\x45\xdf\xa3"
# How a telephone notes in a video where it was taken.
PLACE_MARKS = (b"\xa9xyz", b"com.apple.quicktime.location", b"loci")
CUE_MARK = "-->"


def validate_video(upload: "File[bytes]") -> None:
    """Refuse a file that is not MP4 or WebM, is too big, or tells a place."""
    with _opened(upload):
        if upload.size > MOST_VIDEO_BYTES:
            raise ValidationError(
                _("This video is too big: at most %(most)s MB.")
                % {"most": MOST_VIDEO_BYTES // 1024 // 1024}
            )
        start = upload.read(16)
        is_mp4 = start[4:8] == MP4_MARK
        ending = (upload.name or "").lower().rpartition(".")[2]
        is_video = is_mp4 or start.startswith(WEBM_MARK)
        if not is_video or is_mp4 != (ending == "mp4"):
            raise ValidationError(
                _("This is not an MP4 or WebM video, or it is damaged.")
            )
        if is_mp4 and _tells_place(upload):
            raise ValidationError(
                _("This video says where it was made. Save it without its place first.")
            )


def validate_captions(upload: "File[bytes]") -> None:
    """Refuse captions that no browser would show."""
    with _opened(upload):
        if upload.size > MOST_CAPTION_BYTES:
            raise ValidationError(_("This caption file is too big: at most 1 MB."))
        try:
            words = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(
                _("This caption file is not in UTF-8. Save it as UTF-8.")
            ) from error
        if not words.startswith("WEBVTT") or CUE_MARK not in words:
            raise ValidationError(
                _("This is not a WebVTT file with captions. It begins with WEBVTT.")
            )


@contextmanager
def _opened(upload: "File[bytes]") -> Iterator[None]:
    """Open a file at its start, and close it again if it was closed before.

    Validators run on a file that was stored long ago too, at every save of its row.
    """
    was_closed = upload.closed
    try:
        upload.open("rb")
    except OSError as error:
        raise ValidationError(_("The file is gone. Send it again.")) from error
    try:
        yield
    finally:
        if was_closed:
            upload.close()
        else:
            upload.seek(0)


def _tells_place(upload: "File[bytes]") -> bool:
    """Look for a place in the head and the tail: a video keeps its notes in either."""
    upload.seek(0)
    head = upload.read(CHUNK)
    upload.seek(max(0, upload.size - CHUNK))
    tail = upload.read(CHUNK)
    return any(mark in part for part in (head, tail) for mark in PLACE_MARKS)
