"""Nobody is identified by reading: held for each kind of public page."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from campaigns.guidance.models import HomePage

pytestmark = pytest.mark.usefixtures("confirmed_languages")

KINDS = (
    "/",
    "/hotels/",
    "/privacy/",
    "/pages/",
    "/pages/a7/",
    "/report/",
    "/pl/hotels/",
    "/no-such-page/",
)
STATUS = {"/no-such-page/": 404}


@pytest.mark.parametrize("path", KINDS)
def test_public_page_keeps_and_tells_nothing(home: HomePage, client: Client, path):
    response = client.get(path)

    assert response.status_code == STATUS.get(path, 200)
    assert dict(client.cookies) == {}
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert not hasattr(response.wsgi_request, "session")
    assert not hasattr(response.wsgi_request, "user")
    assert Session.objects.count() == 0


@pytest.mark.parametrize("path", KINDS)
def test_public_page_has_a_strict_policy_and_keeps_to_it(
    home: HomePage, client: Client, path
):
    response = client.get(path)

    policy = response.headers["Content-Security-Policy"]
    page = response.content.decode()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*\ssrc=)", page) == []
    # The page in another language is named in full, and not loaded.
    page = re.sub(r'<link rel="alternate"[^>]*>', "", page)
    loaded = re.findall(r'(?:src|<link[^>]* href)="([^"]+)"', page)
    assert [address for address in loaded if not address.startswith("/")] == []


@pytest.mark.parametrize("path", KINDS)
def test_public_page_asks_for_nothing_but_a_search(
    home: HomePage, client: Client, path
):
    page = client.get(path).content.decode()

    asks = re.findall(r"<(form|input|textarea|iframe)\b", page)
    assert asks == ([] if path in STATUS else ["form", "input"])
    assert set(re.findall(r'action="(?:/pl)?([^"]*)"', page)) <= {"/search/"}
    assert set(re.findall(r'method="([^"]*)"', page)) <= {"post"}


def test_a_cookie_brought_along_changes_nothing(home: HomePage, client: Client):
    fresh = client.get("/hotels/").content
    client.cookies["sessionid"] = "stale"

    assert client.get("/hotels/").content == fresh


@pytest.mark.parametrize("path", ("/no-such-page/", "/hotels/no/", "/pl/no-such-page/"))
def test_page_not_found_still_helps(home: HomePage, client: Client, path):
    response = client.get(path)

    assert response.status_code == 404
    numbers = re.findall(r'href="(tel:[^"]+)"', response.content.decode())
    assert numbers == ["tel:999", "tel:999", "tel:101"]
