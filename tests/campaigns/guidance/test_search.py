import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.guidance.models import (
    AudiencePage,
    GuidancePage,
    SearchSynonym,
)
from campaigns.guidance.services.reindexing import reindex_pages
from campaigns.signs.models import Sign, SignWording

pytestmark = pytest.mark.usefixtures("confirmed_languages")

OPERATORS = (
    '"',
    '"young people',
    "*",
    "hotel*",
    "NEAR(hotel taxi)",
    "hotel NOT taxi",
    "-hotel",
    "hotel OR (",
    "title:hotel",
    "{title body}: x",
    "' OR 1=1 --",
    "a & b | !c",
    "hotel:*",
    "%s %d %(x)s",
    "\\",
    "'''",
)
ODD = (
    "hotel\x00taxi",
    "\x01\x02\x03",
    "\u202ehotel\u202c",
    "\u200f\u200e",
    "😀😀😀",
    "é" * 300,
    "ہوٹل",
    "\ud83d".encode("utf-8", "replace").decode(),
    "1 2 3",
    "a" * 10_000,
    "hotel " * 2_000,
)


def look_for(client: Client, words: str, path: str = "/search/", **headers) -> str:
    response = client.post(path, {"words": words}, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def results_of(page: str) -> list[str]:
    return re.findall(r'result__title" href="([^"]+)"', page)


def main_of(page: str) -> str:
    return page[page.index('<main id="main"') : page.index("</main>")]


def notice_of(page: str) -> list[str]:
    return re.findall(r'<p class="content-note">\s*(.*?)\s*</p>', main_of(page))


@pytest.mark.parametrize(
    ("words", "first"),
    (
        ("operation makesafe", "/hotels/"),
        ("traphouse", "/young-people/"),
        ("hotel", "/hotels/"),
        ("county lines", "/young-people/"),
        ("cuckoing", "/transport-and-public/"),
        ("sextorsion", "/online/"),
        ("why was I asked for ID", "/why-was-i-asked/"),
        ("cabbie", "/taxis/"),
        ("cookies", "/privacy/"),
        ("my teacher", "/schools-and-youth/"),
    ),
)
def test_search_finds_the_page_people_mean(site, client, words, first):
    found = results_of(look_for(client, words))

    if words == "traphouse":
        assert {"/transport-and-public/", "/young-people/"} & {*found[:2]}
    else:
        assert found[0] == first


def test_search_finds_by_what_a_friend_has(site, client):
    found = results_of(look_for(client, "my friend has new phone and trainers"))

    assert {*found[:3]} >= {"/young-people/", "/parents/"}


def test_search_finds_a_page_by_the_signs_on_it(site, client):
    found = results_of(look_for(client, "no luggage bags"))

    assert found[0] == "/hotel-reception/"


def test_search_finds_a_page_by_its_routes_and_shows_the_number(site, client):
    main = main_of(look_for(client, "Childline"))

    found = main[main.index('id="results"') :]
    assert 'href="tel:08001111"' in found
    assert "/young-people/" in results_of(main)


def test_search_forgives_case_accents_and_endings(site, client):
    plain = results_of(look_for(client, "drivers"))

    assert results_of(look_for(client, "DRÍVER")) == plain
    assert plain[0] == "/taxis/"


def test_search_shows_a_support_page_under_its_neutral_name(site, client):
    main = main_of(look_for(client, "raped"))

    support = re.findall(r'href="(/pages/[^"]*)">([^<]*)<', main)
    assert support == [("/pages/", "Help and advice")]
    assert "You are welcome here" not in main


def test_search_never_finds_an_unpublished_page(site, client):
    AudiencePage.objects.get(slug="hotels").unpublish()

    assert "/hotels/" not in results_of(look_for(client, "operation makesafe hotel"))


def test_search_leads_with_999_whatever_was_typed(site, client):
    for words in ("hotel", "zxqv", "", "he is here"):
        main = main_of(look_for(client, words))

        assert re.findall(r'href="((?:tel|sms):[^"]+)"', main)[0] == "tel:999"
        assert main.index("tel:999") < main.index("<form")


@pytest.mark.parametrize("words", ("help me now", "He's here", "i cant talk"))
def test_words_of_danger_show_how_to_call_without_speaking(site, client, words):
    main = main_of(look_for(client, words))

    assert "press 55" in main[: main.index("<form")].lower() or "55" in main


@pytest.mark.parametrize(
    ("language", "words"),
    (
        ("pl", "nie mogę mówić"),
        ("pl", "chce umrzec"),
        ("ro", "are un cutit"),
        ("ro", "vreau să mor"),
        ("sk", "nepusti ma"),
        ("sk", "samovražda"),
        ("ur", "بول نہیں سکتی"),
        ("ur", "خودکشی"),
    ),
)
def test_words_of_danger_are_known_in_every_language(site, client, language, words):
    main = main_of(look_for(client, words, f"/{language}/search/"))

    assert "55" in main[: main.index("<form")]


@pytest.mark.parametrize(
    ("language", "words", "page"),
    (
        ("pl", "pokojówka", "hotel-housekeeping"),
        ("pl", "szantażuje mnie", "online"),
        ("ro", "mă şantajează", "online"),
        ("ro", "traficul de persoane", "professionals"),
        ("sk", "prečo sa ma pýtali", "why-was-i-asked"),
        ("sk", "občiansky preukaz", "hotel-reception"),
        ("ur", "سہیلی", "young-people"),
        ("ur", "صفائی", "hotel-housekeeping"),
    ),
)
def test_search_knows_words_of_every_language(site, client, language, words, page):
    found = results_of(look_for(client, words, f"/{language}/search/"))

    assert found[0] == f"/{language}/{page}/"


@pytest.mark.parametrize("language", ("pl", "ro", "sk", "ur"))
def test_person_harmed_is_led_to_support_in_every_language(site, client, language):
    synonyms = SearchSynonym.objects.filter(language=language, leads_to="pages/a7")
    led_to = [
        results_of(look_for(client, synonym.phrases[0], f"/{language}/search/"))[:1]
        for synonym in synonyms
    ]

    assert led_to == [[f"/{language}/pages/"]] * 5


def test_search_without_result_is_no_dead_end(site, client):
    main = main_of(look_for(client, "zxqvw"))

    assert results_of(main) == []
    assert "We found no page for that" in main
    links = re.findall(r'href="([^"]+)"', main[main.index("ways-on") :])
    assert links[:3] == ["/report/", "/a-to-z/", "/"]
    assert len(re.findall('class="door"', main)) == 11


def test_empty_box_is_shown_to_who_comes(site, client):
    page = client.get("/search/").content.decode()

    assert 'value=""' in page
    assert "result__title" not in page
    assert 'class="content-note"' not in main_of(page)


def test_search_shows_what_was_typed_and_keeps_it_nowhere(site, client, caplog):
    response = client.post("/search/", {"words": '<b>my "secret"</b> words'})

    page = response.content.decode()
    assert 'value="&lt;b&gt;my &quot;secret&quot;&lt;/b&gt; words"' in page
    assert page.count("secret") == 1
    assert "no-store" in response.headers["Cache-Control"]
    assert caplog.text == ""
    assert dict(client.cookies) == {}


@pytest.mark.parametrize(
    ("words", "sentence"),
    (
        ("", "The box was empty. Type a word or two."),
        ("   ", "The box was empty. Type a word or two."),
        (
            "the and of",
            "Those words are too common to search for. Try one that says more.",
        ),
        (
            "?!… --- ***",
            "Those words are too common to search for. Try one that says more.",
        ),
        (
            "hotel " * 2_000,
            "That was a lot of words. We looked for the first ones only.",
        ),
    ),
)
def test_search_says_what_it_could_not_look_for(small_site, client, words, sentence):
    assert notice_of(look_for(client, words)) == [sentence]


@pytest.mark.parametrize("words", (*OPERATORS, *ODD))
def test_odd_search_is_answered_with_help(small_site, client, words):
    main = main_of(look_for(client, words))

    assert re.findall(r'href="(tel:[^"]+)"', main)[0] == "tel:999"


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    words=st.lists(
        st.one_of(
            st.text(max_size=30),
            st.sampled_from([*OPERATORS, "hotel", "taxi", "AND", "OR", "NOT", "NEAR"]),
        ),
        max_size=12,
    ).map(" ".join)
)
def test_no_search_breaks_the_page(small_site, client, words):
    assert look_for(client, words)


@pytest.mark.parametrize("word_count", (1, 3))
def test_search_asks_a_fixed_number_of_queries(
    small_site, client, django_assert_num_queries, word_count
):
    pages = [*AudiencePage.objects.all(), *GuidancePage.objects.all()]
    for page in pages[:word_count]:
        page.search_words = "zebra"
        page.save()
    reindex_pages()
    look_for(client, "zebra")

    with django_assert_num_queries(11):
        page = look_for(client, "zebra")

    assert len(results_of(page)) == word_count


@pytest.mark.parametrize(
    "headers",
    ({"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}),
)
def test_search_sent_by_another_site_is_refused_with_help(small_site, client, headers):
    response = client.post("/search/", {"words": "hotel"}, headers=headers)

    page = response.content.decode()
    assert response.status_code == 403
    assert results_of(page) == []
    assert "tel:999" in main_of(page)


def test_search_needs_no_token(small_site):
    client = Client(enforce_csrf_checks=True)

    assert results_of(look_for(client, "hotel", **{"sec-fetch-site": "same-origin"}))


@pytest.mark.parametrize("language", ("pl", "ro", "sk", "ur"))
def test_search_in_another_language_marks_english_results(site, client, language):
    page = look_for(client, "taxi", path=f"/{language}/search/")

    results = re.findall(r'<li class="result"\s+lang="(\w+)"', page)
    assert set(results) == {"en"}
    assert results_of(page)[0] == f"/{language}/taxis/"


@pytest.mark.parametrize(
    ("language", "words", "found"),
    (
        ("pl", "taksowka", "taxis"),
        ("ro", "scoala", "schools-and-youth"),
        ("sk", "rodicia", "parents"),
        ("ur", "ٹیکسی", "taxis"),
    ),
)
def test_search_hears_words_of_the_readers_language(
    site, client, language, words, found
):
    page = look_for(client, words, path=f"/{language}/search/")

    assert results_of(page)[0] == f"/{language}/{found}/"


def test_changed_sign_is_found_after_the_job(small_site, client, run_jobs):
    run_jobs()
    wording = SignWording.objects.filter(audience="reception", language="en")[0]
    wording.text = "An adult brings a zeppelin."
    wording.save()

    run_jobs()

    assert results_of(look_for(client, "zeppelin")) == ["/hotels/"]


def test_retired_sign_is_found_no_more(small_site, client, run_jobs):
    wording = SignWording.objects.filter(audience="reception", language="en")[0]
    wording.text = "An adult brings a zeppelin."
    wording.save()
    run_jobs()
    sign = Sign.objects.get(pk=wording.sign_id)
    sign.status = "retired"
    sign.save()

    run_jobs()

    assert results_of(look_for(client, "zeppelin")) == []


def test_many_changed_signs_queue_one_job(small_site, run_jobs):
    run_jobs()
    for sign in Sign.objects.all()[:3]:
        sign.save()

    assert run_jobs() == 1


def test_reindexing_twice_changes_nothing(small_site, client):
    before = results_of(look_for(client, "hotel"))

    reindex_pages()

    assert results_of(look_for(client, "hotel")) == before
