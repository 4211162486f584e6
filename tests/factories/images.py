from io import BytesIO
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory
from PIL import Image

from media.images.models import SiteImage, SiteVideo, VideoCaptions

MP4 = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 64
WEBM = b"\x1a\x45\xdf\xa3" + b"\x00" * 64
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nSomething feels wrong.\n"


def picture_bytes(
    kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any
) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "#663399").save(written, kind, **options)
    return written.getvalue()


def uploaded(content: bytes, name: str = "door.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


class SiteImageFactory(DjangoModelFactory[SiteImage]):
    class Meta:
        model = SiteImage

    title = factory.Sequence(lambda n: f"Door {n}")
    alt = "A door with a light beside it."
    licence = "Our own"
    file = factory.LazyFunction(lambda: uploaded(picture_bytes()))


class SiteVideoFactory(DjangoModelFactory[SiteVideo]):
    class Meta:
        model = SiteVideo

    title = factory.Sequence(lambda n: f"Film {n}")
    licence = "Our own"
    file = factory.LazyFunction(lambda: uploaded(MP4, "film.mp4"))


class VideoCaptionsFactory(DjangoModelFactory[VideoCaptions]):
    class Meta:
        model = VideoCaptions

    video = factory.SubFactory(SiteVideoFactory)
    language = "en"
    file = factory.LazyFunction(lambda: uploaded(CAPTIONS, "film.vtt"))
    transcript = "Something feels wrong.\n\nRing 101."
