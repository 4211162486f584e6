import pytest

from campaigns.guidance.rules.alphabet import letter_of, sort_key
from campaigns.guidance.rules.terms import holds, is_stop_word, stem, stems_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    (
        ("He\u2019s here!", ["hes", "here"]),
        ("County-lines", ["county", "lines"]),
        ("Łódź, poliția, dcéra", ["lodz", "politia", "dcera"]),
        ("ٹیکسی ڈرائیور", ["ٹیکسی", "ڈراییور"]),
        ("علي", ["علی"]),
        ("a\x00b\u202ec", ["a", "b", "c"]),
        ("😀 --- ?!", []),
        ("x" * 50, ["x" * 40]),
    ),
)
def test_words_of_folds_case_accents_and_signs(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("one", "other"),
    (
        ("trainer", "trainers"),
        ("house", "houses"),
        ("party", "parties"),
        ("threatens", "threatened"),
        ("phone", "phones"),
    ),
)
def test_stem_is_shared_by_forms_of_a_word(one, other):
    assert stem(one) == stem(other)


def test_stem_keeps_short_words_apart():
    assert stem("bus") == "bus"
    assert stem("king") != stem("kin")


@pytest.mark.parametrize(
    ("word", "language", "is_common"),
    (
        ("the", "en", True),
        ("the", "pl", True),
        ("jest", "pl", True),
        ("jest", "en", False),
        ("hotel", "en", False),
        ("ہے", "ur", True),
        ("the", "xx", True),
    ),
)
def test_is_stop_word_knows_the_common_words(word, language, is_common):
    assert is_stop_word(word, language) is is_common


def test_holds_wants_the_words_side_by_side():
    words = stems_of("in the trap house")

    assert holds(words, ["trap", "hous"])
    assert not holds(words, ["the", "hous"])
    assert not holds([], ["the"])


@pytest.mark.parametrize(
    ("text", "language", "letter"),
    (
        ("Hotels", "en", "H"),
        ("łóżko", "pl", "Ł"),
        ("Știri", "ro", "Ș"),
        ("Ştiri", "ro", "Ș"),
        ("Únos", "en", "U"),
        ("آن لائن", "ur", "آ"),
        ("Taxis", "ur", "T"),
        ("999", "en", "0\u20139"),
        ("ہوٹل", "en", "#"),
        ("", "en", "#"),
    ),
)
def test_letter_of_is_the_languages_own(text, language, letter):
    assert letter_of(text, language) == letter


@pytest.mark.parametrize(
    ("language", "titles"),
    (
        ("pl", ["Lato", "Łódź", "Most", "Świat", "Taxi"]),
        ("ro", ["Sare", "Știri", "Taxi", "Țară"]),
        ("sk", ["Cena", "Čas", "Šport", "Taxi"]),
        ("ur", ["آن لائن", "بچے", "ٹیکسی", "ہوٹل", "Taxi"]),
        ("en", ["999", "Hotels", "Taxis", "ہوٹل"]),
    ),
)
def test_sort_key_follows_the_alphabet(language, titles):
    mixed = sorted(titles, key=lambda title: title[::-1])

    assert sorted(mixed, key=lambda title: sort_key(title, language)) == titles
