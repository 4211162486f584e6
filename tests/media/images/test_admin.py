from datetime import date, timedelta

import pytest
from django.utils import timezone
from PIL import Image

from accounts.enums import Role
from campaigns.guidance.services import grant_permissions
from media.images.models import SiteDocument, SiteImage, SiteVideo
from tests.factories.accounts import UserFactory
from tests.factories.images import (
    CAPTIONS,
    MP4,
    SiteImageFactory,
    SiteVideoFactory,
    picture_bytes,
    uploaded,
)

pytestmark = pytest.mark.django_db


def image_form(**fields):
    return {
        "title": "Door",
        "file": uploaded(picture_bytes()),
        "alt": "A door.",
        "licence": "Our own",
    } | fields


def errors_of(response):
    return [*response.context["form"].errors.values()]


def test_editor_adds_a_picture(client_of, editor):
    response = client_of(editor).post("/cms/images/add/", image_form())

    assert response.status_code == 302
    image = SiteImage.objects.get()
    assert (image.title, image.alt, image.uploaded_by_user) == (
        "Door",
        "A door.",
        editor,
    )
    assert image.file_size == image.file.size


@pytest.mark.parametrize(
    ("fields", "field"), (({"licence": ""}, "licence"), ({"alt": ""}, "alt"))
)
def test_picture_needs_a_licence_and_words(client_of, editor, fields, field):
    response = client_of(editor).post("/cms/images/add/", image_form(**fields))

    assert response.status_code == 200
    assert [*response.context["form"].errors] == [field]
    assert SiteImage.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    (
        (
            b"<svg/>",
            "drawing.svg",
            "Choose a picture that is a JPEG, PNG or WebP file.",
        ),
        (picture_bytes(), "door.jpg", "cannot be read as a picture"),
        (picture_bytes("PNG", (400, 300))[:-40], "cut.png", "cannot be read as a"),
        (picture_bytes("PNG", (13_000, 1)), "long.png", "too large: at most 12000"),
        (picture_bytes("PNG", (8_000, 6_000)), "many.png", "40 million in all"),
        (b"\0" * 64, "door.png", "cannot be read as a picture"),
    ),
)
def test_editor_is_told_why_a_picture_is_refused(
    client_of, editor, content, name, sentence
):
    response = client_of(editor).post(
        "/cms/images/add/", image_form(file=uploaded(content, name))
    )

    assert response.status_code == 200
    ((error,),) = errors_of(response)
    assert sentence in error
    assert SiteImage.objects.count() == 0


def test_editor_changes_words_without_sending_the_picture_again(client_of, editor):
    image = SiteImageFactory.create()

    response = client_of(editor).post(
        f"/cms/images/{image.pk}/", image_form(file="", alt="A window.")
    )

    assert response.status_code == 302
    image.refresh_from_db()
    assert image.alt == "A window."


def video_form(**fields):
    return {
        "title": "What we saw",
        "file": uploaded(MP4, "film.mp4"),
        "licence": "Our own",
        "licence_until": "",
        "consent_until": "",
        "captions-TOTAL_FORMS": "1",
        "captions-INITIAL_FORMS": "0",
        "captions-0-language": "en",
        "captions-0-file": uploaded(CAPTIONS, "film.vtt"),
        "captions-0-transcript": "Something feels wrong.",
    } | fields


def test_editor_adds_a_video_with_captions(client_of, editor):
    response = client_of(editor).post("/cms/videos/new/", video_form())

    assert response.status_code == 302
    video = SiteVideo.objects.get()
    assert [str(captions) for captions in video.captions.all()] == ["English"]


@pytest.mark.parametrize(
    "fields",
    (
        {"captions-TOTAL_FORMS": "0"},
        {"captions-0-file": ""},
        {"captions-0-transcript": ""},
        {"licence": ""},
        {"file": uploaded(b"<html>", "film.mp4")},
    ),
)
def test_video_needs_captions_transcript_and_licence(client_of, editor, fields):
    response = client_of(editor).post("/cms/videos/new/", video_form(**fields))

    assert response.status_code == 200
    assert SiteVideo.objects.count() == 0


@pytest.mark.parametrize("role", (Role.MANAGER, Role.TESTER, Role.BOARD))
@pytest.mark.parametrize("address", ("videos/", "images/", "pictures/ending/"))
def test_others_see_no_pictures_and_no_videos(client_of, role, address):
    grant_permissions()

    refused = client_of(UserFactory.create(roles=[role])).get(f"/cms/{address}")

    assert refused.status_code == 403


def test_nobody_deletes_a_video(client_of, editor):
    video = SiteVideoFactory.create()

    client_of(editor).post(f"/cms/videos/delete/{video.pk}/")

    assert SiteVideo.objects.count() == 1


@pytest.mark.parametrize("video_count", (1, 3))
def test_video_list_asks_the_same_however_many(
    client_of, editor, django_assert_num_queries, video_count
):
    for _ in range(video_count):
        SiteVideoFactory.create()
    browser = client_of(editor)
    browser.get("/cms/videos/")

    with django_assert_num_queries(14):
        page = browser.get("/cms/videos/")

    assert len(page.context["object_list"]) == video_count


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_of_what_ends_asks_the_same_however_many(
    client_of, editor, django_assert_num_queries, item_count
):
    today = timezone.localdate()
    for number in range(item_count):
        SiteImageFactory.create(
            title=f"Picture {number}", consent_until=today + timedelta(days=number)
        )
        SiteVideoFactory.create(title="Film", licence_until=date(2020, 1, 1))
    SiteImageFactory.create(consent_until=today + timedelta(days=61))
    SiteImageFactory.create()
    browser = client_of(editor)
    browser.get("/cms/pictures/ending/")

    with django_assert_num_queries(14):
        page = browser.get("/cms/pictures/ending/")

    assert [item.title for item in page.context["items"]] == [
        *["Film"] * item_count,
        *(f"Picture {number}" for number in range(item_count)),
    ]


@pytest.mark.parametrize("name", ("page.html", "drawing.svg", "run.js", "x.xhtml"))
def test_documents_that_could_hold_script_are_refused(client_of, editor, name):
    response = client_of(editor).post(
        "/cms/documents/add/", {"title": "A", "file": uploaded(b"<script>", name)}
    )

    assert response.status_code == 200
    assert SiteDocument.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content_type", "disposition"),
    (
        ("list.txt", "text/plain", "attachment"),
        ("list.csv", "text/csv", "attachment"),
        ("poster.pdf", "application/pdf", "inline"),
    ),
)
def test_documents_are_served_as_what_they_are_called(
    client, name, content_type, disposition
):
    page = b"<html><script>alert(1)</script>"
    document = SiteDocument.objects.create(title="A", file=uploaded(page, name))

    answer = client.get(document.url)

    assert b"".join(answer.streaming_content) == page
    assert answer["Content-Type"].partition(";")[0] == content_type
    assert answer["Content-Disposition"].partition(";")[0] == disposition
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    answer.close()


def test_picture_sent_with_many_others_is_stored_without_metadata_too(
    client_of, editor, uploads
):
    """Wagtail keeps the file as it came until the missing words are given."""
    exif = Image.Exif()
    exif[0x010E] = "taken at the seaside"
    given = picture_bytes("JPEG", exif=exif)
    browser = client_of(editor)
    first = browser.post(
        "/cms/images/multiple/add/",
        {"title": "Sea", "files[]": uploaded(given, "sea.jpg")},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    prefix = f"uploaded-image-{first.json()['uploaded_file_id']}"

    browser.post(
        first.json()["form"].split('action="')[1].split('"')[0],
        {f"{prefix}-title": "Sea", f"{prefix}-alt": "Sea", f"{prefix}-licence": "Ours"},
        headers={"x-requested-with": "XMLHttpRequest"},
    )

    assert SiteImage.objects.get().alt == "Sea"
    (stored,) = (uploads / "original_images").iterdir()
    assert b"seaside" not in stored.read_bytes()
    kept = [path for path in uploads.rglob("*") if path.is_file() and path != stored]
    assert [path.name for path in kept if b"seaside" in path.read_bytes()] == []


def test_picture_of_too_many_bytes_is_refused_before_it_is_decoded(client_of, editor):
    response = client_of(editor).post(
        "/cms/images/add/", image_form(file=uploaded(b"\0" * 11_000_000))
    )

    ((error,),) = errors_of(response)
    assert "This file is too big" in error
