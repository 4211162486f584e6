"""Whatever is asked of the public side, help is one tap away and nothing breaks."""

import re

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from campaigns.guidance.models import AudiencePage, HomePage
from campaigns.signs.models import Sign

HELP = "tel:999"


def helps(response) -> bool:
    return HELP in re.findall(r'href="([^"]+)"', response.content.decode())


@pytest.mark.parametrize(
    "path",
    (
        "/" + "a" * 10_000 + "/",
        "/" + "a/" * 2_000,
        "/hotels/" + "x" * 300 + "/",
        "/hotels/%00/",
        "/%00",
        "/hotels/%F0%9F%98%80/",
        "/hotels/%FF%FE/",
        "/hotels/..%2F..%2Fetc/",
        "/hotels/<script>/",
        "/hotels/'%20OR%201=1--/",
        "/en/hotels/",
        "/xx/hotels/",
        "/pl/xx/",
        "/pl/en/hotels/",
        "/pl/pl/hotels/",
        "/PL/hotels/",
        "/pl-PL/hotels/",
        "/xx/report/",
        "/en/search/",
        "/hotels/index.php",
    ),
)
def test_address_that_leads_nowhere_leads_to_help(home: HomePage, client: Client, path):
    response = client.get(path, follow=True)

    assert response.status_code == 404
    assert helps(response)
    links = re.findall(r'href="([^"]+)"', response.content.decode())
    ways = ("/leave/", "report/", "search/", "a-to-z/")
    assert [way for way in ways if not any(link.endswith(way) for link in links)] == []


def test_garbage_behind_an_address_changes_nothing(home: HomePage, client: Client):
    assert client.get("/hotels/?x=%00&y=" + "z" * 5_000).status_code == 200


@pytest.mark.parametrize(
    "path",
    ("/", "/hotels/", "/pl/hotels/", "/pages/a7/", "/report/", "/a-to-z/", "/nowhere/"),
)
@pytest.mark.parametrize("method", ("post", "put", "delete", "patch"))
def test_page_that_is_only_read_says_so_with_help(home: HomePage, path, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)

    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert helps(response)
    assert response.cookies == {}


@pytest.mark.parametrize(
    "path", ("/", "/hotels/", "/search/", "/a-to-z/", "/pages/a7/")
)
def test_head_is_answered_like_get_without_words(home: HomePage, client: Client, path):
    response = client.head(path)

    assert response.status_code == 200
    assert response.content == b""


def test_too_many_fields_are_answered_with_help(home: HomePage, client: Client):
    response = client.post("/search/", {f"f{n}": "" for n in range(6_000)})

    assert response.status_code == 400
    assert helps(response)


def test_unpublished_page_is_gone_with_help(home: HomePage, client: Client):
    assert client.get("/hotels/").status_code == 200
    AudiencePage.objects.get(slug="hotels").unpublish()

    response = client.get("/hotels/")

    assert response.status_code == 404
    assert helps(response)


@pytest.mark.parametrize("language", ("pl", "ro", "sk", "ur"))
@pytest.mark.parametrize("path", ("", "hotels/", "pages/a7/", "report/", "a-to-z/"))
@pytest.mark.usefixtures("confirmed_languages")
def test_page_nobody_translated_is_english_with_help(
    home: HomePage, client: Client, language, path
):
    response = client.get(f"/{language}/{path}")

    assert response.status_code == 200
    assert f'lang="{language}"' in response.content.decode().partition(">")[2]
    assert helps(response)


def test_page_stands_when_its_signs_are_gone(home: HomePage, client: Client):
    Sign.objects.filter(key="no-luggage").update(status="retired")
    Sign.objects.exclude(key="no-luggage").delete()

    response = client.get("/young-people/")

    assert response.status_code == 200
    assert helps(response)


@pytest.mark.parametrize("language", ("en", "pl", "ro", "sk", "ur"))
@pytest.mark.parametrize("path", ("pages/", "pages/a7/", "pages/b2/"))
def test_support_page_is_neutral_in_every_language(
    home: HomePage, client: Client, settings, language, path
):
    settings.DEMONSTRATION = True
    prefix = "" if language == "en" else f"{language}/"
    response = client.get(f"/{prefix}{path}")

    head = response.content.decode().partition("</head>")[0]
    title = re.search(r"<title[^>]*>(.*?)</title>", head, re.DOTALL)
    assert title is not None
    with override(language):
        assert title[1].strip() == gettext("Help and advice")
    assert re.findall(r"<meta [^>]*(?:description|og:)", head) == []
    assert "noindex" in head
    assert "img/favicon.svg" in head
    if path != "pages/":
        assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("path", ("/", "/hotels/", "/privacy/"))
def test_public_page_says_in_a_preview_what_it_is(home: HomePage, client: Client, path):
    head = client.get(path).content.decode().partition("</head>")[0]

    previews = dict(re.findall(r'<meta property="(og:\w+)" content="([^"]*)"', head))
    assert set(previews) == {"og:type", "og:site_name", "og:title", "og:description"}
    assert all(previews.values())
    assert "{" not in previews["og:description"]
    assert "<" not in previews["og:description"]
