"""Every page we ship: it renders, its tokens lead somewhere, its words do no harm."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from campaigns.guidance.loading import CONTENT, MODELS, PHRASES
from campaigns.guidance.models import HomePage
from campaigns.guidance.placing import TOKEN
from campaigns.guidance.rules.reading import joined, reading_age
from campaigns.guidance.rules.wording import Guarded, Matcher
from campaigns.routes.loading import CONTENT as ROUTES

PAGES = tomllib.loads(CONTENT.read_text())["page"]
NOT_READ = {"slug", "type", "motif", "keywords", "audience", "kind", "style"} | {
    *("keys", "groups", "voice", "harm", "links", "link", "route", "key")
}
HARDEST = {"professionals": 14.0}
ABOUT = 11.0
HELP_PAGES = [page for page in PAGES if page["type"] == "support"]
PLACES = {"join", "finder", "leave"}


def texts_of(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        yield from texts_of([part[name] for name in part if name not in NOT_READ])
    elif isinstance(part, list):
        for one in part:
            yield from texts_of(one)


def matcher() -> Matcher:
    phrases = tomllib.loads(PHRASES.read_text())["phrase"]
    return Matcher(
        Guarded(number, tuple(phrase["avoid"]), phrase["instead"], phrase["reason"])
        for number, phrase in enumerate(phrases)
    )


def test_every_type_of_page_is_shipped():
    assert {page["type"] for page in PAGES} == MODELS.keys()


def test_every_token_names_a_route_or_a_page():
    routes = {route["key"] for route in tomllib.loads(ROUTES.read_text())["route"]}
    known = {"route": routes, "link": {page["slug"] for page in PAGES} | PLACES}

    dead = [
        (page["slug"], kind, key)
        for page in PAGES
        for text in texts_of(page)
        for kind, key in TOKEN.findall(text)
        if key not in known[kind]
    ]

    assert dead == []


def test_no_text_holds_a_number_to_ring():
    number = re.compile(r"0\d{3}|\b999\b|\b101\b|\b116\b")

    held = [
        text
        for page in PAGES
        for text in texts_of(page)
        if number.search(TOKEN.sub("", text))
    ]

    assert held == []


def test_no_text_needs_care():
    guard = matcher()

    found = [
        (page["slug"], hit.found)
        for page in PAGES
        for text in texts_of(page)
        for hit in guard.hits(text)
    ]

    assert found == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["slug"])
def test_page_reads_easily_enough(page):
    age = reading_age(joined(texts_of(page)))

    assert age is None or age <= HARDEST.get(page["slug"], ABOUT)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["slug"])
def test_page_has_words_to_search_for(page):
    words = page.get("keywords", [])

    assert words or page["type"] == "interruption"
    assert [word for word in words if "," in word or word != word.lower()] == []


@pytest.mark.parametrize("page", HELP_PAGES, ids=lambda page: page["slug"])
def test_help_page_has_an_address_that_says_nothing(page):
    assert re.fullmatch(r"pages/[a-z][0-9]", page["slug"])


def test_every_page_we_ship_can_be_read(whole_home: HomePage, client: Client):
    for page in PAGES:
        path = "/" if page["type"] == "home" else f"/{page['slug']}/"
        response = client.get(path)
        words = response.content.decode()
        assert (path, response.status_code) == (path, 200)
        assert (path, re.findall(r"\{(?:route|link):", words)) == (path, [])
        assert (path, words.count("<h1")) == (path, 1)


def test_every_door_leads_to_a_page(whole_home: HomePage, client: Client):
    for page in PAGES:
        named = [
            section["links"]
            for section in page.get("section", ())
            if "links" in section
        ]
        for links in named:
            words = client.get(f"/{page['slug']}/").content.decode()
            doors = re.findall(r'class="door" href="([^"]+)"', words)
            assert doors == [f"/{slug}/" for slug in links]


def test_help_pages_name_themselves_to_nobody(whole_home: HomePage, client: Client):
    for page in HELP_PAGES:
        head = client.get(f"/{page['slug']}/").content.decode().partition("</head>")[0]
        title = re.search(r"<title[^>]*>\s*(.*?)\s*</title>", head, re.DOTALL)
        assert title is not None
        assert title[1] == "Help and advice"
        assert '<meta name="robots" content="noindex, noarchive">' in head
