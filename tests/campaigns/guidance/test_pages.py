import re

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import Page

from campaigns.guidance.models import (
    AudiencePage,
    BulletinIndexPage,
    BulletinPage,
    CampaignPage,
    CampaignsPage,
    FolderPage,
    GuidancePage,
    HomePage,
    SupportPage,
)
from campaigns.routes.models import RouteFact
from campaigns.signs.enums import Audience
from campaigns.signs.models import Sign
from core.models import Installation
from tests.factories.signs import SignWordingFactory

NUMBER_LINK = re.compile(r'href="((?:tel|sms):[^"]+)"')


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def main_of(page: str) -> str:
    return page[page.index('<main id="main"') : page.index("</main>")]


@pytest.mark.parametrize("path", ("/", "/hotels/", "/pages/a7/", "/report/all/"))
def test_pages_begin_with_999(home: HomePage, client: Client, path):
    page = read(client, path)

    assert NUMBER_LINK.findall(page)[0] == "tel:999"
    assert NUMBER_LINK.findall(main_of(page))[0] == "tel:999"


def test_hotels_page_goes_from_999_to_101_to_crimestoppers(
    home: HomePage, client: Client
):
    main = main_of(read(client, "/hotels/"))

    calls = re.findall(r'__call"\s+href="([^"]+)"', main)
    assert calls[:3] == ["tel:999", "tel:101", "tel:0800555111"]
    assert "“Operation Makesafe. I am ringing from …”" in main


def test_hotels_page_shows_signs_by_role(home: HomePage, client: Client):
    main = main_of(read(client, "/hotels/"))

    roles = re.findall(r'sign-group__title">.*?<span>(.*?)</span>', main, re.DOTALL)
    assert roles == [
        "Hotel reception",
        "Housekeeping and maintenance",
        "Bar, restaurant and security",
    ]


def test_home_page_has_three_big_choices(home: HomePage, client: Client):
    main = main_of(read(client, "/"))

    actions = main[main.index("hero__actions") : main.index("hero__motif")]
    assert re.findall(r'href="([^"]+)"', actions) == [
        "tel:999",
        "/report/",
        "/pages/",
    ]


def test_home_page_has_a_door_for_each_audience(whole_home: HomePage, client: Client):
    main = main_of(read(client, "/"))

    doors = re.findall(r'class="door" href="([^"]+)"', main)
    assert doors == [
        f"/{slug}/"
        for slug in AudiencePage.objects.order_by("path").values_list("slug", flat=True)
    ]
    assert len(doors) == 11


def test_every_number_on_every_page_is_a_link(whole_home: HomePage, client: Client):
    numbers = RouteFact.objects.filter(kind="number", status="verified").exclude(
        value__in=["999", "101"]
    )
    for page in Page.objects.descendant_of(whole_home, inclusive=True):
        text = main_of(read(client, page.url))
        bare = re.sub(r"<a [^>]*>.*?</a>", "", text, flags=re.DOTALL)
        assert [fact.value for fact in numbers if fact.value in bare] == []


def test_no_page_holds_a_number_of_its_own(whole_home: HomePage):
    digits = re.compile(r"0\d{3}|\b999\b|\b101\b")
    pages = Page.objects.descendant_of(whole_home, inclusive=True).specific()

    held = [
        page.slug
        for page in pages
        if not isinstance(page, FolderPage)
        # Keys of routes may look like numbers; they are written as tokens and keys.
        and digits.search(
            re.sub(r"\{\w+:[^}]+\}", "", f"{page.lead} {page.content_note}")
        )
    ]

    assert held == []


def test_an_unverified_number_is_shown_to_nobody(home: HomePage, client: Client):
    RouteFact.objects.filter(route__key="childline").update(status="to_check")

    assert "0800 1111" not in read(client, "/young-people/")


def test_an_unverified_number_is_marked_in_a_demonstration(
    home: HomePage, client: Client, settings: Settings
):
    settings.DEMONSTRATION = True
    RouteFact.objects.filter(route__key="childline").update(status="to_check")

    page = read(client, "/young-people/")

    assert 'href="tel:08001111"' in page
    # Apart, which keeps the number whole in a sentence from right to left.
    assert "To be checked before launch: <bdi>0800 1111</bdi>" in page


def test_a_changed_number_is_changed_on_every_page(home: HomePage, client: Client):
    RouteFact.objects.filter(route__key="crimestoppers", kind="number").update(
        value="0800 555 999"
    )

    for path in ("/", "/hotels/", "/report/all/"):
        page = read(client, path)
        assert 'href="tel:0800555999"' in page
        assert "0800 555 111" not in page


def test_a_retired_sign_leaves_the_page(home: HomePage, client: Client):
    Sign.objects.filter(key="no-luggage").update(status="retired")

    assert "with no bags" not in read(client, "/hotels/")


def test_support_page_says_nothing_outside_its_text(home: HomePage, client: Client):
    head = read(client, "/pages/a7/").partition("</head>")[0]

    title = re.search(r"<title[^>]*>(.*?)</title>", head, re.DOTALL)
    assert title is not None
    assert title[1].strip() == "Help and advice"
    assert '<meta name="robots" content="noindex, noarchive">' in head
    assert re.findall(r"<meta [^>]*(?:description|og:)", head) == []


def test_guidance_page_may_be_found_and_named(home: HomePage, client: Client):
    head = read(client, "/privacy/").partition("</head>")[0]

    assert re.search(r"<title[^>]*>\s*Privacy . Spot the Signs\s*</title>", head)
    assert "noindex" not in head


def test_page_before_the_support_pages_leads_on_and_out(home: HomePage, client: Client):
    main = main_of(read(client, "/pages/"))

    assert re.findall(r'href="([^"]+)"', main) == [
        "/pages/a7/",
        "/pages/b2/",
        "/leave/",
    ]


def test_page_before_the_support_pages_leads_on_when_it_was_left_empty(
    home: HomePage, client: Client
):
    FolderPage.objects.update(choices="[]", body="[]")

    main = main_of(read(client, "/pages/"))

    assert re.findall(r'href="([^"]+)"', main) == ["/pages/a7/", "/pages/b2/"]


@pytest.mark.parametrize("path", ("/", "/young-people/", "/report/", "/privacy/"))
def test_links_from_elsewhere_lead_to_a_support_page_by_the_one_before_it(
    home: HomePage, client: Client, path
):
    links = re.findall(r'href="(/pages/[^"]*)"', read(client, path))

    assert set(links) == {"/pages/"}


@pytest.mark.parametrize("path", ("/pages/a7/", "/pages/b2/"))
def test_support_pages_lead_to_one_another_directly(
    home: HomePage, client: Client, path
):
    links = re.findall(r'href="(/pages/[^"]*)"', read(client, path))

    assert "/pages/a7/" in links
    assert "/pages/" not in links


@pytest.mark.parametrize(
    ("contact", "links"), (("", []), ("site@county.example", ["site@county.example"]))
)
def test_footer_names_the_address_for_questions(
    home: HomePage, client: Client, contact, links
):
    Installation.objects.update_or_create(pk=1, defaults={"contact": contact})

    page = read(client, "/privacy/")

    assert re.findall(r'href="mailto:([^"]+)"', page) == links


def test_a_door_to_a_page_that_is_gone_is_left_out(home: HomePage, client: Client):
    main = main_of(read(client, "/hotels/"))

    # Of the three pages for hotel staff none is on this small site.
    assert 'class="door"' not in main
    assert "A page for each part of your team" not in main


def test_exit_is_a_link_that_works_without_script(home: HomePage, client: Client):
    page = read(client, "/pages/a7/")

    assert page.count('href="/leave/"') == 2
    assert client.get("/leave/").headers["Location"].startswith("https://")


@pytest.mark.parametrize("sign_count", (1, 3))
@pytest.mark.parametrize(("path", "queries"), (("/", 11), ("/hotels/", 12)))
def test_page_asks_a_fixed_number_of_queries(
    home: HomePage, client: Client, django_assert_num_queries, sign_count, path, queries
):
    Sign.objects.all().delete()
    for _ in range(sign_count):
        for audience in (Audience.RECEPTION, Audience.TRANSPORT_PUBLIC):
            SignWordingFactory.create(audience=audience)
    client.get("/privacy/")

    with django_assert_num_queries(queries):
        page = read(client, path)

    assert page.count("An adult does thing") == sign_count


def test_public_page_answers_reading_only(home: HomePage, client: Client):
    assert client.delete("/hotels/").status_code == 405


@pytest.mark.parametrize(
    ("parent", "children"),
    (
        (
            HomePage,
            {AudiencePage, GuidancePage, FolderPage, BulletinIndexPage, CampaignsPage},
        ),
        (BulletinIndexPage, {BulletinPage}),
        (BulletinPage, set()),
        (CampaignsPage, {CampaignPage}),
        (FolderPage, {SupportPage}),
        (AudiencePage, set()),
        (GuidancePage, set()),
        (SupportPage, set()),
    ),
)
def test_page_types_stand_below_their_parents_only(parent, children):
    assert set(parent.allowed_subpage_models()) == children
