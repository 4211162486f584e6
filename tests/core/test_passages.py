import pytest
from django.template import Context, Template
from django.utils import translation

from core.passages import marked, names_marked


def name(text: str) -> str:
    return f'<bdi lang="en" dir="ltr">{text}</bdi>'


@pytest.mark.parametrize(
    ("text", "parts"),
    (
        ("Childline کو فون کریں", (name("Childline"), " کو فون کریں")),
        (
            "Crime and Policing Act 2026 29 اپریل 2026 کو",
            (name("Crime and Policing Act 2026"), " 29 اپریل 2026 کو"),
        ),
        ("یا Marks & Spencer،", ("یا ", name("Marks &amp; Spencer"), "،")),
        (
            "NSPCC. help@nspcc.org.uk",
            (name("NSPCC"), ". ", name("help@nspcc.org.uk")),
        ),
        ("فون 0800 1111 پر", ("فون 0800 1111 پر",)),
        ("<b> کو", ("&lt;", name("b"), "&gt; کو")),
        ("", ()),
    ),
)
def test_names_in_urdu_are_marked_and_kept_in_order(text, parts):
    assert names_marked(text, "ur") == "".join(parts)


@pytest.mark.parametrize("language", ("en", "pl", "ro", "sk", ""))
def test_names_among_latin_letters_are_left_alone(language):
    assert names_marked("Ring Childline & wait", language) == (
        "Ring Childline &amp; wait"
    )


def test_a_passage_is_marked_with_language_and_direction():
    assert marked("a < b", "en") == '<span lang="en" dir="ltr">a &lt; b</span>'
    assert marked("ہاں", "ur") == '<span lang="ur" dir="rtl">ہاں</span>'
    assert marked("a < b", "") == "a &lt; b"


def test_filter_takes_the_readers_language_when_none_is_given():
    template = Template("{% load passages %}{{ words|with_names }}")

    with translation.override("ur"):
        urdu = template.render(Context({"words": "<Pace>"}))

    assert urdu == f"&lt;{name('Pace')}&gt;"
    assert template.render(Context({"words": "<Pace>"})) == "&lt;Pace&gt;"


@pytest.mark.parametrize(
    ("around", "attributes"), (("en", 'lang="ur" dir="rtl"'), ("", ""))
)
def test_an_element_says_the_readers_language_inside_an_english_page(
    around, attributes
):
    words = {"words_language": around, "reading_language": "ur"}
    page = Template("{% load passages %}{% for_reader %}").render(Context(words))

    assert page == attributes
