from datetime import datetime
from pathlib import Path

import pytest
from wagtail.models import Locale, Page, Site

from campaigns.guidance.loading import load_pages
from campaigns.guidance.models import AudiencePage, HomePage, SupportPage
from core.models import AuditEvent

pytestmark = pytest.mark.django_db

SHIPPED = [
    "home",
    "hotels",
    "hotel-reception",
    "hotel-housekeeping",
    "hotel-bar-and-security",
    "taxis",
    "takeaways-and-shops",
    "transport-and-public",
    "parents",
    "schools-and-youth",
    "young-people",
    "professionals",
    "report-what-happens",
    "why-was-i-asked",
    "online",
    "pages",
    "pages/a7",
    "pages/a8",
    "pages/a9",
    "pages/b3",
    "pages/b4",
    "pages/b5",
    "pages/b2",
    "bulletins",
    "bulletins/law-2026",
    "bulletins/online-most-recorded",
    "bulletins/threats-over-pictures",
    "accessibility",
    "privacy",
]


def test_load_pages_publishes_the_pages_we_ship(now: datetime):
    made = load_pages(site_name="Ashbeck", now=now)

    assert made == SHIPPED
    site = Site.objects.get()
    assert (site.site_name, site.is_default_site) == ("Ashbeck", True)
    assert site.root_page.specific == HomePage.objects.get()
    pages = Page.objects.descendant_of(site.root_page)
    assert pages.live().count() == len(SHIPPED) - 1
    assert {page.first_published_at for page in pages} == {now}


def test_load_pages_leaves_no_welcome_page(now: datetime, few_pages: Path):
    load_pages(site_name="Ashbeck", now=now, path=few_pages)

    root = Page.get_first_root_node()
    assert [page.specific_class for page in root.get_children()] == [HomePage]


def test_load_pages_again_keeps_what_an_editor_changed(now: datetime, few_pages: Path):
    load_pages(site_name="Ashbeck", now=now, path=few_pages)
    AudiencePage.objects.filter(slug="hotels").update(heading="Our hotels")

    assert load_pages(site_name="Other", now=now, path=few_pages) == []

    assert AudiencePage.objects.get(slug="hotels").heading == "Our hotels"
    assert Site.objects.get().site_name == "Ashbeck"


def test_load_pages_brings_back_only_what_is_missing(now: datetime, few_pages: Path):
    load_pages(site_name="Ashbeck", now=now, path=few_pages)
    SupportPage.objects.get(slug="b2").delete()

    assert load_pages(site_name="Ashbeck", now=now, path=few_pages) == ["pages/b2"]


def test_load_pages_is_audited_once(now: datetime):
    load_pages(site_name="Ashbeck", now=now)
    load_pages(site_name="Ashbeck", now=now)

    (event,) = AuditEvent.objects.all()
    assert (event.verb, event.facts) == ("pages.loaded", {"pages": SHIPPED})


def test_load_pages_makes_the_root_and_the_locale_when_they_are_gone(
    now: datetime, few_pages: Path
):
    Site.objects.all().delete()
    Page.objects.all().delete()
    Locale.objects.all().delete()

    load_pages(site_name="Ashbeck", now=now, path=few_pages)

    assert [locale.language_code for locale in Locale.objects.all()] == ["en"]
    assert HomePage.objects.get().depth == 2


def test_load_pages_joins_the_words_people_search_for(now: datetime, few_pages: Path):
    load_pages(site_name="Ashbeck", now=now, path=few_pages)

    words = AudiencePage.objects.get(slug="hotels").search_words.split(", ")
    assert words[:2] == ["hotel", "guest house"]
    assert SupportPage.objects.get(slug="b2").search_words[:13] == "clear history"
