from datetime import date

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from media.images.blocks import VideoChooserBlock
from media.images.models import SiteImage, SiteVideo, ends_by
from media.images.validators import MOST_VIDEO_BYTES
from tests.factories.images import (
    CAPTIONS,
    MP4,
    WEBM,
    SiteImageFactory,
    SiteVideoFactory,
    VideoCaptionsFactory,
    picture_bytes,
    uploaded,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)
YESTERDAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("fields", "faults"),
    (
        ({}, []),
        ({"consent_until": TODAY, "licence_until": TODAY}, []),
        ({"licence": ""}, ["“Door” has no licence."]),
        (
            {"consent_until": YESTERDAY},
            ["The consent for “Door” ended on 17 November 2026."],
        ),
        (
            {"licence_until": YESTERDAY},
            ["The licence of “Door” ended on 17 November 2026."],
        ),
    ),
)
def test_faults_say_why_a_picture_may_not_be_shown(fields, faults):
    image = SiteImage(title="Door", **({"licence": "Our own"} | fields))

    assert image.faults(TODAY) == faults
    assert image.is_usable(TODAY) is not bool(faults)


def test_ends_on_is_the_first_of_its_days():
    image = SiteImage(consent_until=TODAY, licence_until=YESTERDAY)

    assert image.ends_on == YESTERDAY
    assert SiteImage().ends_on is None


def test_ends_by_selects_up_to_the_day():
    SiteImageFactory.create(title="No end")
    SiteImageFactory.create(title="Consent", consent_until=TODAY)
    SiteImageFactory.create(title="Licence", licence_until=YESTERDAY)
    SiteImageFactory.create(title="Later", consent_until=date(2026, 11, 19))

    found = SiteImage.objects.filter(ends_by(TODAY)).order_by("title")

    assert [image.title for image in found] == ["Consent", "Licence"]


def test_picture_is_stored_without_metadata_whichever_way_it_comes(uploads):
    exif = Image.Exif()
    exif[0x010E] = "taken at the seaside"
    given = picture_bytes("JPEG", exif=exif)

    image = SiteImageFactory.create(file=uploaded(given, "sea.jpg"))

    (stored,) = (uploads / "original_images").iterdir()
    assert b"seaside" not in stored.read_bytes()
    assert (image.width, image.height) == (40, 30)


@pytest.mark.parametrize(
    ("content", "name"), ((MP4, "film.mp4"), (WEBM, "film.webm"), (MP4, "FILM.MP4"))
)
def test_video_may_be_mp4_or_webm(content, name):
    SiteVideoFactory.build(file=uploaded(content, name)).full_clean()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    (
        (MP4, "film.mov", "File extension “mov” is not allowed"),
        (WEBM, "film.mp4", "not an MP4 or WebM video"),
        (MP4, "film.webm", "not an MP4 or WebM video"),
        (b"<html></html>", "film.mp4", "not an MP4 or WebM video"),
        (MP4 + b"\xa9xyz+53.43-001.35/", "film.mp4", "says where it was made"),
        (MP4 + b"\0" * MOST_VIDEO_BYTES, "film.mp4", "too big: at most 50 MB"),
    ),
)
def test_video_is_refused_with_a_reason(content, name, sentence):
    video = SiteVideoFactory.build(file=uploaded(content, name))

    with pytest.raises(ValidationError, match=sentence):
        video.full_clean()


def test_stored_video_is_looked_at_again_without_being_left_open():
    video = SiteVideo.objects.get(pk=SiteVideoFactory.create().pk)

    video.full_clean()

    assert video.file.closed


def test_stored_video_that_is_gone_says_so():
    video = SiteVideo.objects.get(pk=SiteVideoFactory.create().pk)
    video.file.storage.delete(str(video.file.name))

    with pytest.raises(ValidationError, match="The file is gone"):
        video.full_clean()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    (
        (CAPTIONS, "film.srt", "File extension “srt” is not allowed"),
        (b"1\n00:00 --> 00:02\nHello", "film.vtt", "begins with WEBVTT"),
        (b"WEBVTT\n\n", "film.vtt", "begins with WEBVTT"),
        (b"WEBVTT --> \xff\xfe", "film.vtt", "not in UTF-8"),
        (CAPTIONS + b" " * 1024 * 1024, "film.vtt", "too big: at most 1 MB"),
    ),
)
def test_captions_are_refused_with_a_reason(content, name, sentence):
    captions = VideoCaptionsFactory.build(
        video=SiteVideoFactory.create(), file=uploaded(content, name)
    )

    with pytest.raises(ValidationError, match=sentence):
        captions.full_clean()


def test_captions_need_a_transcript():
    captions = VideoCaptionsFactory.build(
        video=SiteVideoFactory.create(), transcript=""
    )

    with pytest.raises(ValidationError, match="transcript"):
        captions.full_clean()


def test_video_is_chosen_from_a_list_as_the_browser_wants_it():
    block = VideoChooserBlock()
    film = SiteVideoFactory.create()

    assert block.get_form_state(film) == [str(film.pk)]
    assert block.get_form_state(None) == [""]
