import pytest
from django.utils import translation

from campaigns.routes.enums import FactKind, FactStatus
from campaigns.routes.fact_lines import line_of, status_note
from campaigns.routes.models import RouteFact


def fact(value: str, kind: FactKind = FactKind.TEXT) -> RouteFact:
    return RouteFact(kind=kind, value=value, status=FactStatus.TO_CHECK)


def test_a_fact_without_a_translation_says_that_it_is_english():
    assert line_of(fact("Open until the cows come home"), "ur").language == "en"


@pytest.mark.parametrize("language", ("en", "pl", "ur"))
def test_a_translated_fact_is_in_the_readers_language(language):
    assert line_of(fact("Day and night, every day"), language).language == ""


@pytest.mark.parametrize(
    ("kind", "value"),
    ((FactKind.NUMBER, "0800 1111"), (FactKind.WEB, "https://a.example")),
)
def test_numbers_and_addresses_are_of_no_language(kind, value):
    assert line_of(fact(value, kind), "ur").language == ""


def test_open_facts_are_named_apart_and_in_their_language():
    facts = [fact("0800 1111", FactKind.NUMBER), fact("Nobody <home>")]

    with translation.override("ur"):
        note = status_note(facts, "ur")

    assert "<bdi>0800 1111</bdi>; " in note
    assert '<bdi lang="en">Nobody &lt;home&gt;</bdi>' in note
    assert status_note([], "ur") == ""
