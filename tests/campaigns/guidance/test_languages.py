import re

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from campaigns.guidance.models import HomePage

pytestmark = pytest.mark.usefixtures("confirmed_languages")

PREFIXES = ("pl", "ro", "sk", "ur")


@pytest.mark.parametrize("language", PREFIXES)
@pytest.mark.parametrize("path", ("", "hotels/", "pages/a7/", "report/"))
def test_prefix_without_a_translation_shows_the_english_page(
    home: HomePage, client: Client, language, path
):
    response = client.get(f"/{language}/{path}")

    page = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}"' in page
    assert 'href="tel:999"' in page


def test_english_words_on_a_page_in_another_language_are_marked(
    home: HomePage, client: Client
):
    page = client.get("/ur/hotels/").content.decode()

    assert 'dir="rtl"' in page.partition("<head>")[0]
    main = page[page.index('<main id="main"') :]
    assert 'lang="en" dir="ltr"' in main.partition(">")[0]
    with translation.override("ur"):
        notice = gettext(
            "This page is not in your language yet, so you see it in English."
        )
    assert notice in main


def title_tag(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    return page.partition("<title")[2].partition(">")[0].strip()


def test_title_of_an_english_page_says_that_it_is_english(
    home: HomePage, client: Client
):
    assert title_tag(client, "/ur/hotels/") == 'lang="en"'
    # That of a help page is the neutral one, in the reader's language.
    assert title_tag(client, "/ur/pages/a7/") == ""
    assert title_tag(client, "/hotels/") == ""


def test_english_page_marks_nothing(home: HomePage, client: Client):
    page = client.get("/hotels/").content.decode()

    main = page[page.index('<main id="main"') :]
    assert "lang=" not in main.partition(">")[0]


def test_links_stay_in_the_language_of_the_reader(home: HomePage, client: Client):
    page = client.get("/pl/hotels/").content.decode()

    menu = page[page.index("site-nav__list") :]
    header = menu[: menu.index("</nav>")]
    assert re.findall(r'href="([^"]+)"', header) == [
        "/pl/report/",
        "/pl/search/",
        "/pl/pages/",
    ]


def test_unknown_language_is_a_page_not_found(home: HomePage, client: Client):
    assert client.get("/xx/hotels/").status_code == 404


def test_english_has_no_prefix(home: HomePage, client: Client):
    assert client.get("/en/hotels/").status_code == 404
