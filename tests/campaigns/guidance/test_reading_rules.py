import pytest
from wagtail.models import Page

from campaigns.guidance.enums import Readers
from campaigns.guidance.models import AudiencePage, HomePage, PublicPage
from campaigns.guidance.rules.reading import (
    FEWEST_WORDS,
    is_too_hard,
    joined,
    reading_age,
    target_age,
)
from campaigns.guidance.rules.texts import texts_of

EASY = "The cat sat on the mat. The dog ran to the door. We all had tea. " * 3
HARD = (
    "Multi-agency safeguarding arrangements necessitate proportionate information "
    "sharing between statutory organisations, notwithstanding confidentiality "
    "considerations, whenever practitioners identify contextual vulnerabilities "
    "requiring immediate collaborative intervention by appropriately accountable "
    "professionals."
)


def test_reading_age_tells_an_easy_text_from_a_hard_one():
    assert reading_age(EASY) == 5.0
    assert (reading_age(HARD + " " + HARD) or 0) > 20


def test_reading_age_is_the_index_of_smith_and_senter_and_five_years():
    # 40 words of 5 letters in sentences of 10: 4.71*5 + 0.5*10 - 21.43 = grade 7.12
    text = ("three " * 10).strip() + "."

    assert reading_age(" ".join([text] * 4)) == 12.1


def test_reading_age_of_a_few_words_is_not_told():
    assert reading_age("word " * (FEWEST_WORDS - 1)) is None
    assert reading_age("word " * FEWEST_WORDS) is not None


def test_reading_age_takes_a_token_for_a_short_word():
    assert reading_age(EASY + "Ring {route:very-long-key-of-a-route}.") == 5.0


@pytest.mark.parametrize(
    ("age", "readers", "expected"),
    (
        (11.0, Readers.PUBLIC, False),
        (11.1, Readers.PUBLIC, True),
        (13.9, Readers.PROFESSIONALS, False),
        (14.1, Readers.PROFESSIONALS, True),
        (None, Readers.YOUNG, False),
    ),
)
def test_is_too_hard_compares_with_the_readers(age, readers, expected):
    assert is_too_hard(age, readers) is expected


def texts(page: PublicPage) -> list[str]:
    values = [page.heading, page.lead, page.content_note, page.body]
    return [text for value in values for text in texts_of(value)]


def test_every_page_we_ship_reads_as_easily_as_we_aim_for(whole_home: HomePage):
    pages = [
        page
        for page in Page.objects.descendant_of(whole_home, inclusive=True).specific()
        if isinstance(page, PublicPage)
    ]

    ages = {page.slug: reading_age(joined(texts(page))) for page in pages}

    too_hard = {
        page.slug: ages[page.slug]
        for page in pages
        if (ages[page.slug] or 0) > target_age(page.readers) + 1
    }
    assert len(ages) >= 16
    assert too_hard == {}


def test_load_pages_notes_who_reads_them(whole_home: HomePage):
    readers = dict(AudiencePage.objects.values_list("slug", "readers"))

    assert readers["professionals"] == Readers.PROFESSIONALS
    assert readers["young-people"] == Readers.YOUNG
    assert readers["hotels"] == Readers.PUBLIC
