import pytest

from core.languages import spoken, spoken_languages
from tests.factories.core import LanguageConfirmationFactory
from tests.shipped_content import load_shipped_content

NOTICE = "The words in your language are still being checked"


@pytest.fixture
def pages(area, now):
    load_shipped_content(now=now)


def test_unconfirmed_language_is_answered_in_english_with_a_notice(
    pages, client, officer
):
    LanguageConfirmationFactory.create(language="ro", entered_by=officer)

    response = client.get("/pl/hotels/")

    assert '<html lang="en"' in response.text
    assert NOTICE in response.text


def test_confirmed_language_is_spoken(pages, client, officer):
    LanguageConfirmationFactory.create(language="pl", entered_by=officer)

    response = client.get("/pl/hotels/")

    assert '<html lang="pl"' in response.text
    assert NOTICE not in response.text


def test_demonstration_speaks_its_drafts(pages, client, settings):
    settings.DEMONSTRATION = True

    response = client.get("/ur/hotels/")

    assert 'dir="rtl"' in response.text


def test_printed_code_speaks_only_confirmed_languages(pages, client, officer):
    LanguageConfirmationFactory.create(language="pl", entered_by=officer)

    confirmed = client.get("/R/AAAAAAAA", {"l": "pl"})
    unconfirmed = client.get("/R/AAAAAAAA", {"l": "ur"})

    assert '<html lang="pl"' in confirmed.text
    assert '<html lang="en"' in unconfirmed.text


def test_languages_to_choose_from_are_those_that_are_spoken(officer, settings):
    LanguageConfirmationFactory.create(language="sk", entered_by=officer)

    assert spoken_languages() == ["en", "sk"]
    settings.DEMONSTRATION = True
    assert spoken_languages() == ["en", "pl", "ro", "sk", "ur"]


def test_english_is_spoken_without_asking(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert spoken("en") == "en"
