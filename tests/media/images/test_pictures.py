import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from media.images.pictures import PictureError, clean_picture
from tests.factories.images import picture_bytes, uploaded

PLACE = 0x8825
NOTE = b"taken at the seaside"


def with_metadata(kind: str) -> bytes:
    """Return a picture that lies on its side, tells where it was taken and by what."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = NOTE.decode()
    exif.get_ifd(PLACE).update({1: "N", 2: (53.0, 25.0, 48.0)})
    return picture_bytes(kind, exif=exif)


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG that claims to be a picture of this size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


@pytest.mark.parametrize(
    ("kind", "name"),
    (("JPEG", "a.jpg"), ("JPEG", "a.JPEG"), ("PNG", "a.png"), ("WEBP", "a.webp")),
)
def test_clean_picture_leaves_all_metadata_behind(kind, name):
    given = with_metadata(kind)
    assert NOTE in given

    cleaned = clean_picture(uploaded(given, name))

    assert NOTE not in cleaned.read()
    cleaned.seek(0)
    with Image.open(cleaned) as picture:
        assert dict(picture.getexif()) == {}
        assert dict(picture.getexif().get_ifd(PLACE)) == {}
        # It lay on its side: now it stands without the note that said so.
        assert (picture.format, picture.size) == (kind, (30, 40))
    assert cleaned.name == name


def test_clean_picture_drops_comments_and_writing():
    noted = clean_picture(uploaded(picture_bytes("JPEG", comment=NOTE), "a.jpg"))

    assert NOTE not in noted.read()


def test_clean_picture_keeps_what_is_clear():
    written = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(written, "PNG")

    cleaned = clean_picture(uploaded(written.getvalue()))

    with Image.open(cleaned) as picture:
        assert picture.getpixel((0, 0)) == (0, 0, 0, 0)


def test_clean_picture_is_not_written_twice():
    cleaned = clean_picture(uploaded(picture_bytes()))

    assert clean_picture(cleaned) is cleaned


@pytest.mark.parametrize(
    ("content", "name"),
    (
        (picture_bytes("JPEG", (400, 300))[:900], "cut.jpg"),
        (picture_bytes("PNG", (400, 300))[:-40], "cut.png"),
        (picture_bytes("PNG"), "png-inside.jpg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.png"),
        (b"<script>alert(1)</script>", "script.jpg"),
        (b"", "empty.webp"),
        (b"\x89PNG\r\n\x1a\n", "head-only.png"),
    ),
)
def test_clean_picture_refuses_what_cannot_be_decoded(content, name):
    with pytest.raises(PictureError, match="cannot be read as a picture"):
        clean_picture(uploaded(content, name) if content else ContentFile(b"", name))


@pytest.mark.parametrize("name", ("drawing.svg", "moving.gif", "a.tiff", "noending"))
def test_clean_picture_refuses_other_kinds(name):
    with pytest.raises(PictureError, match="JPEG, PNG or WebP"):
        clean_picture(uploaded(picture_bytes(), name))


@pytest.mark.parametrize(
    ("width", "height"), ((30_000, 30_000), (12_000, 8_000), (13_000, 1), (1, 13_000))
)
def test_clean_picture_refuses_a_bomb_before_decoding_it(width, height):
    with pytest.raises(PictureError, match="too large: at most 12000 pixels"):
        clean_picture(uploaded(bomb(width, height)))
