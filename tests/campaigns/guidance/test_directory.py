import re

import pytest
from django.test import Client

from campaigns.guidance.loading import load_synonyms
from campaigns.guidance.models import AudiencePage, HomePage, SearchSynonym

pytestmark = pytest.mark.usefixtures("confirmed_languages")


def entries_of(page: str) -> list[tuple[str, str]]:
    main = page[page.index('<main id="main"') : page.index("<form")]
    entries = main[main.index('class="letter"') :]
    links = re.findall(r'<a href="([^"]+)"[^>]*>([^<]*)</a>', entries)
    return [(text.strip(), url) for url, text in links]


def letters_of(page: str) -> list[str]:
    return re.findall(r'letter__name" id="letter-\d+">(.*?)<', page)


def test_a_to_z_names_every_page_once(whole_home: HomePage, client: Client):
    page = client.get("/a-to-z/").content.decode()

    entries = entries_of(page)
    assert ("Hotel managers and owners", "/hotels/") in entries
    assert len(entries) == len({*entries})
    assert [text for text, url in entries] == sorted(
        (text for text, url in entries), key=str.casefold
    )
    assert letters_of(page) == sorted(letters_of(page))


def test_a_to_z_names_support_once_and_neutrally(whole_home: HomePage, client: Client):
    load_synonyms()
    entries = entries_of(client.get("/a-to-z/").content.decode())

    support = [entry for entry in entries if entry[1].startswith("/pages/")]
    assert support == [("Help and advice", "/pages/")]


def test_a_to_z_leads_from_other_words_to_pages(home: HomePage, client: Client):
    SearchSynonym.objects.create(
        words="Motels, motel", leads_to="hotels", is_topic=True
    )
    SearchSynonym.objects.create(words="slang", leads_to="hotels")
    SearchSynonym.objects.create(words="Lost", leads_to="gone", is_topic=True)

    page = client.get("/a-to-z/").content.decode()

    words = re.findall(r'<span dir="auto">(.*?)</span>', page)
    assert words == ["Motels"]
    assert entries_of(page).count(("Hotel managers and owners", "/hotels/")) == 2


@pytest.mark.parametrize(
    ("language", "word"),
    (
        ("pl", "Zaginione dzieci"),
        ("ro", "Copii dispăruți"),
        ("sk", "Nezvestné deti"),
        ("ur", "لاپتہ بچے"),
    ),
)
def test_a_to_z_has_words_of_every_language(
    whole_home: HomePage, client: Client, language, word
):
    load_synonyms()

    page = client.get(f"/{language}/a-to-z/").content.decode()

    assert re.findall(r'<span dir="auto">(.*?)</span>', page).count(word) == 1


def test_a_to_z_links_work(whole_home: HomePage, client: Client):
    load_synonyms()
    page = client.get("/a-to-z/").content.decode()

    broken = [url for _, url in entries_of(page) if client.get(url).status_code != 200]
    assert broken == []


def test_a_to_z_leaves_out_an_unpublished_page(home: HomePage, client: Client):
    AudiencePage.objects.get(slug="hotels").unpublish()

    page = client.get("/a-to-z/").content.decode()

    assert "/hotels/" not in [url for _, url in entries_of(page)]


def test_a_to_z_marks_english_titles_for_other_readers(home: HomePage, client: Client):
    page = client.get("/pl/a-to-z/").content.decode()

    assert re.search(r'href="/pl/hotels/"\s+dir="auto"\s+lang="en"', page)


@pytest.mark.parametrize("page_count", (1, 3))
def test_a_to_z_asks_a_fixed_number_of_queries(
    home: HomePage, client: Client, django_assert_num_queries, page_count
):
    for number in range(page_count):
        home.add_child(
            instance=AudiencePage(
                title=f"Zebra {number}", slug=f"zebra-{number}", heading="Zebras"
            )
        )
    client.get("/a-to-z/")

    with django_assert_num_queries(6):
        page = client.get("/a-to-z/").content.decode()

    assert page.count(">Zebra ") == page_count


def test_sitemap_names_public_pages_and_no_support(
    whole_home: HomePage, client: Client
):
    response = client.get("/sitemap.xml")

    found = re.findall(r"<loc>(.*?)</loc>", response.content.decode())
    assert response.headers["Content-Type"] == "application/xml"
    assert "http://localhost:8000/hotels/" in found
    assert [address for address in found if "/pages/" in address] == []


def test_sitemap_leaves_out_an_unpublished_page(home: HomePage, client: Client):
    AudiencePage.objects.get(slug="hotels").unpublish()

    assert "/hotels/" not in client.get("/sitemap.xml").content.decode()


def test_robots_file_names_the_map_and_no_support_page(client: Client, db):
    response = client.get("/robots.txt")

    lines = response.content.decode().splitlines()
    assert response.headers["Content-Type"] == "text/plain"
    assert lines[0] == "User-agent: *"
    assert lines[-1] == "Sitemap: http://localhost:8000/sitemap.xml"
    assert [line for line in lines if "/pages" in line] == []
