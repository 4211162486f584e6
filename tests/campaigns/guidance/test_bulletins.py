import re
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from campaigns.guidance.models import BulletinIndexPage, BulletinPage, HomePage
from campaigns.guidance.models.bulletins import BULLETINS_A_PAGE

FIRST_DAY = date(2026, 3, 1)
ROW = re.compile(r'class="bulletin__title"[^>]*>\s*<a href="([^"]+)">([^<]+)<')


@pytest.fixture
def index(home: HomePage) -> BulletinIndexPage:
    page: BulletinIndexPage = BulletinIndexPage.objects.get()
    return page


def add_bulletins(index: BulletinIndexPage, count: int) -> None:
    """Issue one bulletin a day, the first of them first."""
    for number in range(count):
        bulletin = BulletinPage(
            title=f"Note {number}",
            slug=f"note-{number}",
            heading=f"Note {number}",
            for_whom="Everyone",
            issued_on=FIRST_DAY + timedelta(days=number),
            locale=index.locale,
        )
        index.add_child(instance=bulletin)


def rows(client: Client, path: str = "/bulletins/") -> list[tuple[str, str]]:
    response = client.get(path)
    assert response.status_code == 200
    return ROW.findall(response.content.decode())


def test_bulletins_stand_newest_first(index: BulletinIndexPage, client: Client):
    add_bulletins(index, 3)

    assert rows(client) == [
        ("/bulletins/note-2/", "Note 2"),
        ("/bulletins/note-1/", "Note 1"),
        ("/bulletins/note-0/", "Note 0"),
    ]


def test_bulletins_of_one_day_stand_in_the_order_they_came(
    index: BulletinIndexPage, client: Client
):
    add_bulletins(index, 2)
    BulletinPage.objects.update(issued_on=FIRST_DAY)

    assert [title for _, title in rows(client)] == ["Note 1", "Note 0"]


def test_bulletins_are_read_by_the_page(index: BulletinIndexPage, client: Client):
    add_bulletins(index, BULLETINS_A_PAGE + 1)

    assert len(rows(client)) == BULLETINS_A_PAGE
    assert [title for _, title in rows(client, "/bulletins/?page=2")] == ["Note 0"]


@pytest.mark.parametrize("number", ("0", "99", "-1", "x", "1e9", ""))
def test_a_page_of_bulletins_that_is_not_there_shows_one_that_is(
    index: BulletinIndexPage, client: Client, number
):
    add_bulletins(index, 1)

    assert [title for _, title in rows(client, f"/bulletins/?page={number}")] == [
        "Note 0"
    ]


def test_a_draft_is_no_bulletin_yet(index: BulletinIndexPage, client: Client):
    add_bulletins(index, 2)
    BulletinPage.objects.filter(slug="note-1").update(live=False)

    assert [title for _, title in rows(client)] == ["Note 0"]


def test_no_bulletins_are_told_in_words(index: BulletinIndexPage, client: Client):
    page = client.get("/bulletins/").content.decode()

    assert ROW.findall(page) == []
    assert "Nothing new yet" in page


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_of_bulletins_asks_a_fixed_number_of_queries(
    index: BulletinIndexPage,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    item_count,
):
    add_bulletins(index, item_count)
    rows(client)

    with django_assert_num_queries(9):
        found = rows(client)

    assert len(found) == item_count


def test_menus_do_not_grow_with_the_bulletins(index: BulletinIndexPage, client: Client):
    before = client.get("/privacy/").content
    add_bulletins(index, 2)

    assert client.get("/privacy/").content == before


def test_bulletin_says_when_it_was_issued_and_for_whom(
    index: BulletinIndexPage, client: Client
):
    add_bulletins(index, 1)

    page = client.get("/bulletins/note-0/").content.decode()

    facts = page[page.index('class="bulletin-facts"') : page.index("</dl>")]
    assert '<time datetime="2026-03-01">1 March 2026</time>' in facts
    assert "Everyone" in facts


@pytest.mark.usefixtures("confirmed_languages")
def test_our_own_words_beside_an_english_bulletin_are_the_readers(
    index: BulletinIndexPage, client: Client
):
    add_bulletins(index, 1)

    listed = client.get("/ur/bulletins/").content.decode()
    opened = client.get("/ur/bulletins/note-0/").content.decode()

    before, _, row = listed.partition('<ul class="bulletins">')
    assert before.rstrip().endswith('<div lang="ur" dir="rtl">')
    assert '<bdi lang="en">Everyone</bdi>' in row
    assert '<dl class="bulletin-facts" lang="ur" dir="rtl">' in opened
    assert re.search(r'<dd lang="en" dir="ltr">\s*Everyone', opened)
