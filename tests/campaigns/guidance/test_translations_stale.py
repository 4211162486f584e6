"""What readers see of a translation when the English page has changed since."""

from datetime import datetime

import pytest
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from campaigns.guidance.enums import SAFETY_CRITICAL_KINDS
from campaigns.guidance.models import AudiencePage, HomePage, PageWords
from campaigns.guidance.rules.translations import may_read_translation
from core.enums import TranslationState

JUST_CHANGED = "These words are in English because they have just changed."


def english_hotels() -> AudiencePage:
    page: AudiencePage = AudiencePage.objects.get(
        slug="hotels", locale__language_code="en"
    )
    return page


def polish_hotels() -> AudiencePage:
    page: AudiencePage = AudiencePage.objects.get(
        slug="hotels", locale__language_code="pl"
    )
    return page


def change(kind: str, *, keeps_meaning: bool = False, field: str = "heading") -> str:
    """Publish another heading of the first block of a kind; return the one before."""
    page = english_hotels()
    block = next(block for block in page.body if block.block_type == kind)
    before: str = block.value[field]
    block.value[field] = "Changed words"
    page.keeps_meaning = keeps_meaning
    page.save_revision().publish()
    return before


def main_of(client: Client) -> str:
    page = client.get("/pl/hotels/").content.decode()
    return page[page.index('<main id="main"') : page.index("</main>")]


@pytest.mark.parametrize("kind", sorted(SAFETY_CRITICAL_KINDS))
@pytest.mark.parametrize(
    ("state", "may"),
    (
        (TranslationState.CURRENT, True),
        (TranslationState.COSMETIC, True),
        (TranslationState.MATERIAL, False),
        (TranslationState.MISSING, False),
    ),
)
def test_words_about_danger_are_read_only_while_they_say_the_same(kind, state, may):
    assert may_read_translation(kind, state) is may


@pytest.mark.parametrize("kind", ("text", "signs", "doors", "heading", "lead"))
@pytest.mark.parametrize("state", TranslationState)
def test_other_words_are_read_as_long_as_there_are_any(kind, state):
    assert may_read_translation(kind, state) is (state != TranslationState.MISSING)


def test_changed_steps_are_shown_whole_in_english(
    polish_home: HomePage, client: Client
):
    change("steps")

    main = main_of(client)

    start = main.index(JUST_CHANGED)
    part = main[start : main.index("</section>", start)]
    assert '<div class="in-english" lang="en" dir="ltr">' in part
    assert "Changed words" in part
    assert "[pl]" not in part
    # The page around them stays Polish.
    assert "[pl] Hotels and guest houses" in main
    assert main.count(JUST_CHANGED) == 1


def test_changed_steps_kept_in_meaning_stay_polish(
    polish_home: HomePage, client: Client
):
    before = change("steps", keeps_meaning=True)

    main = main_of(client)

    assert f"[pl] {before}" in main
    assert JUST_CHANGED not in main


def test_changed_text_keeps_its_earlier_translation(
    polish_home: HomePage, client: Client
):
    before = change("signs")

    main = main_of(client)

    assert f"[pl] {before}" in main
    assert "Changed words" not in main


def test_new_block_is_english_and_a_removed_one_is_gone(
    polish_home: HomePage, client: Client
):
    page = english_hotels()
    removed = page.body[2].value["heading"]
    del page.body[2]
    page.body.append(("text", {"heading": "A new part", "body": "New words."}))
    page.save_revision().publish()

    main = main_of(client)

    new = main[main.index("A new part") - 200 :]
    assert 'class="in-english" lang="en"' in new
    assert JUST_CHANGED not in main
    assert f"[pl] {removed}" not in main


def test_changed_settings_of_a_block_reach_its_translation(
    polish_home: HomePage, client: Client
):
    page = english_hotels()
    block = next(block for block in page.body if block.block_type == "routes")
    block.value["keys"] = ["childline"]
    page.save_revision().publish()

    assert 'href="tel:08001111"' in main_of(client)
    assert JUST_CHANGED not in main_of(client)


def test_translating_the_changed_words_ends_the_english(
    polish_home: HomePage, client: Client
):
    change("steps")
    segment = StringSegment.objects.get(string__data="Changed words")
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=polish_hotels().locale,
        data="Nowe słowa",
    )

    # As the editor of wagtail-localize publishes.
    polish_hotels().save_revision().publish()

    main = main_of(client)
    assert "Nowe słowa" in main
    assert JUST_CHANGED not in main


def test_a_translator_who_leaves_gaps_publishes_no_mixture(
    polish_home: HomePage, client: Client, django_capture_on_commit_callbacks
):
    change("steps")
    translation = Translation.objects.get(
        source__object_id=polish_hotels().translation_key
    )
    before = main_of(client)

    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)

    assert main_of(client) == before


def test_a_second_change_of_meaning_ends_an_earlier_kept_one(
    polish_home: HomePage, client: Client
):
    change("steps", keeps_meaning=True)
    page = english_hotels()
    block = next(block for block in page.body if block.block_type == "steps")
    block.value["heading"] = "Something else"
    page.keeps_meaning = False
    page.save_revision().publish()

    assert JUST_CHANGED in main_of(client)


def test_words_put_back_as_they_were_are_polish_again(
    polish_home: HomePage, client: Client
):
    before = change("steps")
    page = english_hotels()
    block = next(block for block in page.body if block.block_type == "steps")
    block.value["heading"] = before
    page.save_revision().publish()

    main = main_of(client)
    assert f"[pl] {before}" in main
    assert JUST_CHANGED not in main


def test_the_tick_is_for_one_publication(polish_home: HomePage):
    change("steps", keeps_meaning=True)

    assert english_hotels().keeps_meaning is False


def test_publishing_without_a_change_makes_no_new_translation(polish_home: HomePage):
    before = polish_hotels().latest_revision_id

    english_hotels().save_revision().publish()

    assert polish_hotels().latest_revision_id == before


def test_a_draft_changes_nothing(polish_home: HomePage, client: Client):
    before = main_of(client)
    page = english_hotels()
    page.lead = "A draft of other words."
    page.save_revision()

    assert main_of(client) == before


def test_page_without_a_translation_is_english_with_a_notice(
    polish_home: HomePage, client: Client
):
    polish_hotels().delete()

    main = main_of(client)

    assert 'lang="en" dir="ltr"' in main.partition(">")[0]
    assert "This page is not in your language yet" in main
    assert "[pl]" not in main


def test_unpublished_translation_is_english_again(
    polish_home: HomePage, client: Client
):
    polish_hotels().unpublish()

    assert "This page is not in your language yet" in main_of(client)


def test_unpublished_english_page_is_gone_in_every_language(
    polish_home: HomePage, client: Client
):
    english_hotels().unpublish()

    response = client.get("/pl/hotels/")
    assert response.status_code == 404
    assert 'href="tel:999"' in response.content.decode()


def test_deleted_english_page_takes_its_translations_along(
    polish_home: HomePage, client: Client
):
    key = english_hotels().translation_key

    english_hotels().delete()

    assert not Page.objects.filter(translation_key=key).exists()
    response = client.get("/pl/hotels/")
    assert response.status_code == 404
    assert 'href="tel:999"' in response.content.decode()


@pytest.mark.usefixtures("confirmed_languages")
def test_unconfirmed_page_is_english_outside_a_demonstration(
    polish_home: HomePage, client: Client, settings
):
    settings.DEMONSTRATION = False

    main = main_of(client)

    assert "This page is not in your language yet" in main
    assert "[pl]" not in main


def test_new_words_are_confirmed_by_nobody(
    polish_home: HomePage, now: datetime, officer
):
    words = PageWords.objects.get(page=polish_hotels())
    words.confirmed_by_name, words.confirmed_at = "Ana Novak", now
    words.confirmation_entered_by = officer
    words.save()

    change("signs")
    words.refresh_from_db()
    assert words.confirmed_by_name == "Ana Novak"

    StringTranslation.objects.filter(context__path="heading").update(data="Inne słowa")
    polish_hotels().save_revision().publish()
    words.refresh_from_db()
    assert words.confirmed_by_name == ""
    assert words.confirmed_at is None


def test_form_asks_about_the_meaning_each_time(polish_home: HomePage):
    page = english_hotels()
    page.keeps_meaning = True
    form_class = AudiencePage.get_edit_handler().get_form_class()

    form = form_class(instance=page)

    assert form.initial["keeps_meaning"] is False
