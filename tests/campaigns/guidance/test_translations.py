import re
from datetime import datetime

import pytest
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from campaigns.guidance.models import AudiencePage, HomePage, SupportPage
from campaigns.guidance.translating import load_translations
from core.models import AuditEvent
from tests.campaigns.guidance.shipped_words import in_words, write_words

DOOR = r'door" href="([^"]+)".*?door__title"\s*>(.*?)<'


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def main_of(page: str) -> str:
    return page[page.index('<main id="main"') : page.index("</main>")]


def test_load_translations_publishes_a_page_for_each_english_one(
    polish_home: HomePage, now: datetime
):
    english = Page.objects.descendant_of(polish_home, inclusive=True).specific()
    polish = Page.objects.filter(locale__language_code="pl").specific()

    # The folder above the support pages comes along with them.
    assert {(page.translation_key, type(page)) for page in polish} == {
        (page.translation_key, type(page)) for page in english
    }
    assert {page.first_published_at for page in polish} == {now}
    assert [page.live for page in polish] == [True] * len(polish)
    hotels = AudiencePage.objects.get(slug="hotels", locale__language_code="pl")
    assert hotels.heading == "[pl] Hotels and guest houses"
    assert hotels.get_parent().specific == HomePage.objects.get(
        locale__language_code="pl"
    )


def test_translated_page_keeps_what_is_not_words(polish_home: HomePage):
    home = HomePage.objects.get(locale__language_code="pl")

    assert [block.value["route"] for block in home.choices] == ["999", "", ""]
    assert [block.value["link"] for block in home.choices] == [
        "",
        "finder",
        "pages/a7",
    ]
    assert [block.block_type for block in home.body] == [
        block.block_type for block in polish_home.body
    ]
    assert home.motif == polish_home.motif


def test_polish_address_speaks_polish(polish_home: HomePage, client: Client):
    steps = AudiencePage.objects.get(slug="hotels", locale__language_code="en").body
    step = next(block for block in steps if block.block_type == "steps")
    main = main_of(read(client, "/pl/hotels/"))

    assert "[pl] Hotels and guest houses" in main
    assert in_words("pl", step.value["heading"]) in main
    # Only what the routes and signs do not have in Polish yet is English.
    assert 'class="in-english"' not in main
    assert "lang=" not in main.partition(">")[0]


def test_polish_menu_doors_and_choices_are_polish(
    polish_home: HomePage, client: Client
):
    page = read(client, "/pl/")

    doors = re.findall(DOOR, page, re.DOTALL)
    pages = AudiencePage.objects.filter(locale__language_code="en").order_by("path")
    assert doors == [(f"/pl/{page.slug}/", f"[pl] {page.title}") for page in pages]
    hero = page[page.index("hero__actions") : page.index("hero__motif")]
    assert re.findall(r'href="([^"]+)"', hero) == [
        "tel:999",
        "/pl/report/",
        "/pl/pages/",
    ]
    nav = page[page.index("site-nav__list") : page.index("</header>")]
    assert "[pl] Help and advice" in nav


def test_support_pages_are_found_below_their_folder(
    polish_home: HomePage, client: Client
):
    assert "[pl] " in main_of(read(client, "/pl/pages/a7/"))
    assert re.findall(r'href="([^"]+)"', main_of(read(client, "/pl/pages/")))[-2:] == [
        "/pl/pages/b2/",
        "/leave/",
    ]


def test_english_pages_stay_english(polish_home: HomePage, client: Client):
    assert "[pl]" not in read(client, "/hotels/")


def test_load_translations_again_adds_nothing(polish_home: HomePage, now: datetime):
    before = Page.objects.count()

    assert load_translations(now=now, languages=["pl"]) == {}
    assert Page.objects.count() == before


def test_load_translations_keeps_what_a_translator_wrote(
    polish_home: HomePage, now: datetime, tmp_path, settings
):
    words = StringTranslation.objects.get(
        context__path="heading", data="[pl] Hotels and guest houses"
    )
    words.data = "Hotele"
    words.tool_name = ""
    words.save()
    write_words(tmp_path / "other", "pl", [*Page.objects.all().specific()])
    settings.LOCALE_PATHS = [tmp_path / "other"]

    load_translations(now=now, languages=["pl"])

    words.refresh_from_db()
    assert words.data == "Hotele"


def test_load_translations_completes_a_page_whose_words_come_later(
    home: HomePage, now: datetime, tmp_path, settings
):
    hotels = AudiencePage.objects.get(slug="hotels")
    settings.LOCALE_PATHS = [tmp_path / "first"]
    write_words(tmp_path / "first", "pl", [hotels])
    assert load_translations(now=now, languages=["pl"]) == {"pl": 1}

    settings.LOCALE_PATHS = [tmp_path / "second"]
    write_words(tmp_path / "second", "pl", [hotels, SupportPage.objects.get(slug="a7")])
    assert load_translations(now=now, languages=["pl"]) == {"pl": 1}

    page = SupportPage.objects.get(slug="a7", locale__language_code="pl")
    assert page.heading == in_words("pl", SupportPage.objects.first().heading)


def test_words_of_a_draft_are_published_with_it(
    polish_home: HomePage, now: datetime, client: Client, tmp_path, settings
):
    hotels = AudiencePage(title="Motels", slug="motels", heading="Motels", live=False)
    polish_home.add_child(instance=hotels)
    write_words(tmp_path / "later", "pl", [hotels])
    settings.LOCALE_PATHS = [tmp_path / "later"]

    made = load_translations(now=now, languages=["pl"])

    translated = AudiencePage.objects.filter(locale__language_code="pl", slug="motels")
    assert (made, translated.count()) == ({"pl": 1}, 0)
    hotels.save_revision().publish()
    assert translated.get().heading == in_words("pl", "Motels")
    assert "[pl] Motels" in main_of(read(client, "/pl/motels/"))


def test_a_language_without_words_gets_no_pages(
    home: HomePage, now, tmp_path, settings
):
    settings.LOCALE_PATHS = [tmp_path]

    assert load_translations(now=now) == {}
    assert Page.objects.exclude(locale__language_code="en").count() == 0
    assert not AuditEvent.objects.filter(verb="translations.loaded").exists()


def test_load_translations_is_audited(polish_home: HomePage):
    event = AuditEvent.objects.get(verb="translations.loaded")

    assert event.facts == {"pages": {"pl": 8}}


def test_load_translations_before_there_are_pages_does_nothing(db, now):
    Page.objects.filter(depth__gt=1).delete()

    assert load_translations(now=now) == {}


@pytest.mark.parametrize(("path", "queries"), (("/pl/", 11), ("/pl/hotels/", 12)))
def test_translated_page_asks_a_fixed_number_of_queries(
    polish_home, client, django_assert_num_queries, path, queries
):
    client.get("/pl/privacy/")

    with django_assert_num_queries(queries):
        read(client, path)
