from datetime import datetime

import pytest

from campaigns.guidance.directory import ListedPage
from campaigns.guidance.loading import load_synonyms
from campaigns.guidance.models import SearchSynonym
from campaigns.guidance.searching import ideas_of

pytestmark = pytest.mark.usefixtures("confirmed_languages")


def test_load_synonyms_leaves_an_editors_words_alone(small_site, now: datetime):
    assert SearchSynonym.objects.count() >= 60
    SearchSynonym.objects.filter(leads_to="taxis").update(means="ours")

    assert load_synonyms() == 0
    assert SearchSynonym.objects.filter(means="ours").exists()


def test_every_synonym_leads_to_a_page_that_is_there(site, client):
    paths = set(SearchSynonym.objects.values_list("leads_to", flat=True)) - {""}
    missing = [
        path
        for path in paths - {"finder", "join"}
        if client.get(f"/{path}/").status_code != 200
    ]

    assert missing == []


def test_no_topic_of_the_a_to_z_leads_to_support(site):
    topics = SearchSynonym.objects.filter(is_topic=True)

    assert topics.filter(leads_to__startswith="pages").count() == 0


def test_ideas_take_phrases_before_words():
    synonym = SearchSynonym(words="trap house, bando", means="visitors", leads_to="x")

    ideas = ideas_of("the trap houses smell", synonyms=[synonym], language="en")

    assert [idea.ways for idea in ideas] == [
        (("trap", "hous"), ("visitor",)),
        (("smell",),),
    ]


def test_listed_support_page_says_nothing():
    page = ListedPage(frozenset({1}), "pages/a7", "supportpage", "t", "h", "", "/", "")

    assert page.is_support
    assert not page.is_for_someone
