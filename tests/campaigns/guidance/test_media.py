"""Pictures and videos on pages: what readers get, and what may not be published."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from campaigns.guidance.models import GuidancePage
from campaigns.guidance.parts import parts_of
from campaigns.guidance.rules.permitted import media_faults
from campaigns.guidance.services import grant_permissions
from tests.campaigns.guidance.editing import page_form, words
from tests.factories.accounts import UserFactory
from tests.factories.images import (
    SiteImageFactory,
    SiteVideoFactory,
    VideoCaptionsFactory,
    picture_bytes,
    uploaded,
)

pytestmark = pytest.mark.usefixtures("confirmed_languages")


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def parks(home) -> GuidancePage:
    page = GuidancePage(title="Parks", slug="parks", heading="P", locale=home.locale)
    home.add_child(instance=page)
    return page


@pytest.fixture
def today():
    return timezone.localdate()


def picture(picked, **fields):
    shown = {"image": picked.pk, "alt_text": "A lit door.", "decorative": False}
    section = {"heading": "", "body": "", "caption": "By night", "image": shown}
    return {"type": "picture", "value": section | fields}


def video(film, **fields):
    section = {"heading": "What we saw", "body": "", "video": film.pk}
    return {"type": "video", "value": section | fields}


def read(client, page, *parts, address="/parks/"):
    page.body = page.body.stream_block.to_python(list(parts))
    page.save()
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_picture_is_given_as_webp_with_its_size_and_words(client, parks):
    image = SiteImageFactory.create(file=uploaded(picture_bytes(size=(1600, 900))))

    shown = read(client, parks, picture(image))

    tag = shown[shown.index("<img") :].partition(">")[0]
    assert 'alt="A lit door."' in tag
    assert 'width="800"' in tag
    assert 'height="450"' in tag
    assert 'loading="lazy"' in tag
    assert tag.count(".webp") == 4
    assert "<figcaption>By night</figcaption>" in shown


def test_picture_that_only_decorates_has_no_words(client, parks):
    decorative = {
        "image": SiteImageFactory.create().pk,
        "alt_text": "",
        "decorative": True,
    }

    shown = read(client, parks, picture(SiteImageFactory.create(), image=decorative))

    assert 'alt=""' in shown


@pytest.mark.parametrize("field", ("consent_until", "licence_until"))
@pytest.mark.parametrize(("days", "is_shown"), ((0, True), (-1, False)))
def test_picture_is_left_out_after_its_last_day(
    client, parks, today, field, days, is_shown
):
    image = SiteImageFactory.create(**{field: today + timedelta(days=days)})

    shown = read(client, parks, picture(image, body="Words beside it."))

    assert "Words beside it." in shown
    assert ("<img" in shown and "By night" in shown) is is_shown


def test_page_of_a_deleted_picture_or_video_still_opens(client, parks):
    image, film = SiteImageFactory.create(), SiteVideoFactory.create()
    parts = [picture(image, body="Words beside it."), video(film)]
    image.delete()
    film.delete()

    shown = read(client, parks, *parts)

    assert "Words beside it." in shown
    assert "<img" not in shown
    assert "<video" not in shown


def test_video_has_captions_and_waits_to_be_played(client, parks):
    captions = VideoCaptionsFactory.create(video__title="Film")
    VideoCaptionsFactory.create(video=captions.video, language="ur", transcript="نص")

    shown = read(client, parks, video(captions.video))

    film = captions.video.file.url
    assert 'controls preload="none" aria-label="What we saw"' in shown
    assert f'<source src="{film}" type="video/mp4">' in shown
    assert f'src="{captions.file.url}" srclang="en" label="English" default' in shown
    assert 'srclang="ur" label="اردو"' in shown
    assert '<div lang="en" dir="ltr"><p>Something feels wrong.</p>' in shown


def test_transcript_is_in_the_language_of_the_reader(client, parks):
    captions = VideoCaptionsFactory.create()
    VideoCaptionsFactory.create(video=captions.video, language="ur", transcript="نص")

    shown = read(client, parks, video(captions.video), address="/ur/parks/")

    assert '<div lang="ur" dir="rtl"><p>نص</p></div>' in shown


def test_video_may_play_by_our_policy(client, parks):
    captions = VideoCaptionsFactory.create()
    read(client, parks, video(captions.video))

    policy = client.get("/parks/")["Content-Security-Policy"]

    assert "media-src 'self'" in policy


def test_video_is_left_out_after_its_last_day(client, parks, today):
    captions = VideoCaptionsFactory.create(
        video__consent_until=today - timedelta(days=1)
    )

    assert "<video" not in read(client, parks, video(captions.video))


@pytest.mark.parametrize("picture_count", (1, 3))
def test_pictures_ask_for_one_thing_each_once_they_are_made(
    client, parks, django_assert_num_queries, picture_count
):
    parts = [picture(SiteImageFactory.create()) for _ in range(picture_count)]
    read(client, parks, *parts)

    with django_assert_num_queries(8):
        client.get("/parks/")


@pytest.fixture
def edit(parks, client_of):
    """Return a function that saves the page and gives the errors of its form."""
    grant_permissions()
    client = client_of(UserFactory.create(roles=[Role.SAFEGUARDING_LEAD]))

    def save(*blocks, **given):
        answer = client.post(
            f"/cms/pages/{parks.pk}/edit/", page_form(*blocks, **given)
        )
        return {} if answer.status_code == 302 else answer.context["form"].errors

    return save


def sent(image):
    shown = {"image": str(image.pk), "alt_text": "A lit door.", "decorative": ""}
    return (
        "picture",
        {"heading": "", "body": "", "caption": "", "image": shown},
    )


def sent_video(film):
    return ("video", {"heading": "Film", "body": "", "video": str(film.pk)})


def test_page_with_a_picture_is_published_while_it_may_be_shown(edit, parks, today):
    image = SiteImageFactory.create(consent_until=today)

    assert edit(sent(image), action="publish") == {}

    parks.refresh_from_db()
    assert parks.body[0].value["image"].pk == image.pk


@pytest.mark.parametrize("action", ("publish", "submit"))
def test_page_with_an_ended_picture_or_video_is_not_published(edit, today, action):
    ended = today - timedelta(days=1)
    image = SiteImageFactory.create(title="Door", consent_until=ended)
    film = VideoCaptionsFactory.create(
        video__title="Film", video__licence_until=ended
    ).video

    errors = edit(sent(image), sent_video(film), action=action)

    day = f"{ended.day} {ended:%B %Y}"
    assert errors == {
        "body": [
            f"The consent for “Door” ended on {day}.",
            f"The licence of “Film” ended on {day}.",
        ]
    }


def test_draft_with_an_ended_picture_is_saved(edit, today):
    image = SiteImageFactory.create(consent_until=today - timedelta(days=1))

    assert edit(sent(image)) == {}


@pytest.mark.parametrize(("days", "is_refused"), ((9, False), (11, True)))
def test_page_is_not_scheduled_for_after_the_last_day(edit, today, days, is_refused):
    image = SiteImageFactory.create(consent_until=today + timedelta(days=10))
    day = today + timedelta(days=days)

    errors = edit(sent(image), action="publish", go_live_at=f"{day} 12:00")

    assert ("body" in errors) is is_refused


def test_page_without_pictures_has_no_faults(edit, parks, today):
    assert edit(words("Look."), action="publish") == {}
    assert media_faults(parks.body, today) == []


def test_picture_without_words_is_refused(edit):
    image = SiteImageFactory.create()
    shown = {"image": str(image.pk), "alt_text": "", "decorative": ""}
    part = ("picture", {"heading": "", "body": "", "caption": "", "image": shown})

    errors = edit(part, action="publish")

    assert [*errors] == ["body"]


def test_words_for_a_picture_are_among_those_that_are_translated(parks):
    image = SiteImageFactory.create()
    parks.body = parks.body.stream_block.to_python([picture(image)])

    (part,) = (part for part in parts_of(parks).values() if part.kind == "picture")

    assert part.texts == ("A lit door.", "By night")
