import pytest

from county.content import load_content

NOTICE = "The words in your language are still being checked"


@pytest.fixture
def pages(area, now):
    load_content(now=now)


def test_unconfirmed_language_is_answered_in_english_with_a_notice(
    pages, client, settings
):
    settings.CONFIRMED_LANGUAGES = ["ro"]

    response = client.get("/pl/hotels/")

    assert '<html lang="en"' in response.text
    assert NOTICE in response.text


def test_confirmed_language_is_spoken(pages, client, settings):
    settings.CONFIRMED_LANGUAGES = ["pl"]

    response = client.get("/pl/hotels/")

    assert '<html lang="pl"' in response.text
    assert NOTICE not in response.text


def test_demonstration_speaks_its_drafts(pages, client, settings):
    settings.CONFIRMED_LANGUAGES = []
    settings.DEMONSTRATION = True

    response = client.get("/ur/hotels/")

    assert 'dir="rtl"' in response.text


def test_printed_code_speaks_only_confirmed_languages(pages, client, settings):
    settings.CONFIRMED_LANGUAGES = ["pl"]

    confirmed = client.get("/R/AAAAAAAA", {"l": "pl"})
    unconfirmed = client.get("/R/AAAAAAAA", {"l": "ur"})

    assert '<html lang="pl"' in confirmed.text
    assert '<html lang="en"' in unconfirmed.text
