import base64
import gzip
import hashlib
import re

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from core.models import AuditEvent, Installation
from media.codes.models import ScanCount
from partners.register.enums import PremisesState
from tests.factories.codes import CodeFactory
from tests.factories.register import PremisesFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("routes", "confirmed_languages"),
]


@pytest.fixture
def code(area):
    premises = PremisesFactory.create(area=area, name="Lantern House")
    return CodeFactory.create(premises=premises)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>", "", response.text))


def test_landing_reads_out_the_place_and_whom_to_call(client, code):
    page = client.get(f"/R/{code.text}")

    assert page.status_code == 200
    words = text_of(page)
    assert "Lantern House" in words
    assert "1 Mill Lane, Ashbeck, ZZ1 1ZZ" in words
    assert "Operation Makesafe" in words
    assert re.findall(r'href="(tel:[^"]+)"', page.text) == [
        "tel:999",
        "tel:101",
        "tel:0800555111",
    ]
    assert words.index("tel:999") < words.index("Lantern House")


@pytest.mark.parametrize("prefix", ("R", "r", "T", "t", "S", "s"))
def test_landing_answers_any_case_and_prefix(client, code, prefix):
    spoken = f"{code.text[:4]} {code.text[4:]}".lower()

    page = client.get(f"/{prefix}/{spoken}/")

    assert "Lantern House" in page.text
    count = ScanCount.objects.get()
    assert (count.code, count.kind, count.n) == (code, prefix.upper(), 1)


def test_landing_knows_nobody(client, code):
    page = client.get(f"/R/{code.text}", headers={"cookie": "sessionid=x; l=pl"})

    assert page.cookies.output() == ""
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert re.findall(r"<title>(.*?)</title>", page.text) == ["Help and advice"]
    assert "Cookie" not in page.headers.get("Vary", "")
    assert "sessionid" not in page.text


def test_landing_allows_its_own_style_and_no_script(client, code):
    page = client.get(f"/R/{code.text}")

    style = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = page.headers["Content-Security-Policy"]
    assert f"style-src 'sha256-{digest}';" in policy
    assert "script-src 'none';" in policy
    assert "unsafe" not in policy
    assert "<script" not in page.text


def test_landing_needs_no_other_request(client, code):
    page = client.get(f"/R/{code.text}")

    loaded = re.findall(r'(?:src|srcset|action)="([^"]*)"', page.text)
    icons = re.findall(r'<link[^>]*href="([^"]*)"', page.text)
    assert (loaded, icons) == ([], ["data:,"])
    assert "url(" not in page.text
    assert len(gzip.compress(page.content)) < 14 * 1024


def test_landing_wears_the_colours_of_the_installation(client, code):
    Installation.objects.create(pk=1, brand="#014421", is_demonstration=True)

    page = client.get(f"/R/{code.text}")

    assert "--brand:#014421" in page.text
    assert "all people and premises here are invented" in text_of(page)


def test_landing_costs_two_reads_and_one_write_when_warm(
    client, code, django_assert_num_queries
):
    client.get(f"/R/{code.text}")

    with django_assert_num_queries(3) as asked:
        client.get(f"/R/{code.text}")

    writes = [query for query in asked if "INSERT" in query["sql"]]
    assert len(writes) == 1


@pytest.mark.parametrize(
    ("query", "asked", "language"),
    (
        ("", "", "en"),
        ("", "pl-PL,pl;q=0.9,en;q=0.8", "pl"),
        ("", "de,ro;q=0.7", "ro"),
        ("?l=ur", "pl", "ur"),
        ("?l=xx", "sk", "sk"),
        ("?l=%00", "*", "en"),
    ),
)
def test_landing_speaks_the_language_asked_for(client, code, query, asked, language):
    page = client.get(f"/R/{code.text}{query}", headers={"accept-language": asked})

    direction = "rtl" if language == "ur" else "ltr"
    opening = re.sub(r"\s+", " ", page.text)
    assert f'<html lang="{language}" dir="{direction}">' in opening


@pytest.mark.parametrize(
    "text",
    ("", "00000001", "ZZZZZZZZ", "x", "a/b/c", "%F0%9F%9A%A8", "0" * 300, "..%2f"),
)
def test_landing_helps_whatever_was_typed(client, code, text):
    page = client.get(f"/T/{text}")

    assert page.status_code == 200
    assert "tel:999" in page.text
    assert "Who to call" in page.text
    assert "Lantern House" not in page.text
    assert not ScanCount.objects.exists()


def test_landing_of_a_mistyped_code_suggests_nothing(client, code):
    wrong = code.text[:-1] + ("0" if code.text[-1] != "0" else "1")

    page = client.get(f"/T/{wrong}")

    assert page.text == client.get("/T/").text


def test_landing_of_a_retired_code_helps_and_is_counted(client, code, now):
    code.retired_on = now.date()
    code.save()

    page = client.get(f"/R/{code.text}")

    assert page.text == client.get("/R/").text
    assert ScanCount.objects.get().n == 1


def test_landing_of_closed_premises_names_no_place(client, code):
    code.premises.state = PremisesState.CLOSED
    code.premises.save()

    page = client.get(f"/R/{code.text}")

    assert page.text == client.get("/R/").text


def test_landing_adds_openings_of_one_hour_together(client, code):
    for prefix in ("R", "R", "T"):
        client.get(f"/{prefix}/{code.text}")

    assert sorted(ScanCount.objects.values_list("kind", "n")) == [("R", 2), ("T", 1)]
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    "headers",
    ({"sec-purpose": "prefetch;prerender"}, {"purpose": "preview"}),
)
def test_landing_does_not_count_what_nobody_asked_for(client, code, headers):
    early = client.get(f"/R/{code.text}", headers=headers)
    head = client.head(f"/R/{code.text}")

    assert "Lantern House" in early.text
    assert (head.status_code, head.content) == (200, b"")
    assert not ScanCount.objects.exists()


def test_landing_still_helps_when_counting_fails(client, code, caplog, monkeypatch):
    def broken(**_):
        raise DatabaseError("disk full")

    monkeypatch.setattr("media.codes.views.count_opening", broken)

    page = client.get(f"/R/{code.text}")

    assert "Lantern House" in page.text
    assert [record.message for record in caplog.records] == [
        "An opening was not counted"
    ]


def test_landing_refuses_post(client, code):
    assert client.post(f"/R/{code.text}").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_count_is_there_when_the_page_is_answered(code):
    """Nothing is left to a later job: another connection sees the count."""
    Client().get(f"/R/{code.text}")
    connection.close()

    assert ScanCount.objects.get().n == 1
