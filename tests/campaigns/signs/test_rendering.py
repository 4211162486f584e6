import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from pytest_django import Settings

from campaigns.signs.enums import Audience, Harm, SignStatus
from campaigns.signs.rendering import (
    PublicSign,
    SignGroup,
    public_signs,
    sign_groups,
)
from core.wording import fingerprint
from tests.factories.signs import (
    SignFactory,
    SignWordingFactory,
    TranslationFactory,
)

pytestmark = pytest.mark.django_db


def texts(language="en", audiences=(Audience.RECEPTION,)):
    signs = public_signs(audiences=audiences, language=language)
    return [sign.text for sign in signs]


@pytest.mark.parametrize(
    ("status", "shown"),
    (
        (SignStatus.VERIFIED, ["Pays in cash"]),
        (SignStatus.DRAFT, []),
        (SignStatus.RETIRED, []),
    ),
)
def test_public_signs_shows_verified_signs_only(status, shown):
    SignWordingFactory.create(text="Pays in cash", sign__status=status)

    assert texts() == shown


def test_public_signs_shows_the_audiences_asked_for():
    SignWordingFactory.create(text="At the desk")
    SignWordingFactory.create(text="In the room", audience=Audience.HOUSEKEEPING)

    assert texts() == ["At the desk"]


@pytest.mark.parametrize(
    ("confirmed_by", "demonstration", "shown"),
    (("", False, "Cash"), ("Ana Novak", False, "Gotówka"), ("", True, "Gotówka")),
)
def test_public_signs_speaks_a_language_once_it_is_confirmed(
    settings: Settings, confirmed_by, demonstration, shown
):
    settings.DEMONSTRATION = demonstration
    sign = SignFactory.create()
    TranslationFactory.create(
        sign=sign, text="Gotówka", english="Cash", confirmed_by=confirmed_by
    )
    SignWordingFactory.create(sign=sign, text="Cash")

    assert texts(language="pl") == [shown]


@pytest.mark.parametrize(
    ("same_meaning", "shown"),
    (
        ([], ("In cash", "en")),
        ([fingerprint("Cash")], ("Gotówka", "pl")),
        ([fingerprint("Card")], ("In cash", "en")),
    ),
)
@pytest.mark.parametrize("demonstration", (True, False))
def test_public_signs_gives_current_english_for_an_outdated_translation(
    settings: Settings, demonstration, same_meaning, shown
):
    settings.DEMONSTRATION = demonstration
    sign = SignFactory.create()
    TranslationFactory.create(
        sign=sign, text="Gotówka", english="Cash", confirmed_by="Ana Novak"
    )
    SignWordingFactory.create(sign=sign, text="In cash", same_meaning=same_meaning)

    (public,) = public_signs(audiences=[Audience.RECEPTION], language="pl")

    assert (public.text, public.language) == shown


def test_public_signs_leaves_out_a_translation_of_nothing(settings: Settings):
    settings.DEMONSTRATION = True
    TranslationFactory.create()

    assert texts(language="pl") == []


@pytest.mark.parametrize("sign_count", (1, 3))
def test_public_signs_asks_one_query(django_assert_num_queries, sign_count):
    for _ in range(sign_count):
        SignWordingFactory.create()

    with django_assert_num_queries(1):
        assert len(texts()) == sign_count


def test_sign_groups_limits_filters_and_leaves_out_empty_audiences():
    SignWordingFactory.create(text="First", sign__harm=Harm.ONLINE)
    SignWordingFactory.create(text="Second", sign__harm=Harm.ONLINE)
    SignWordingFactory.create(text="Other harm", sign__harm=Harm.SEXUAL)
    audiences = [Audience.TAXI, Audience.RECEPTION]
    signs = public_signs(audiences=audiences, language="en")

    groups = sign_groups(signs, audiences=audiences, harm=Harm.ONLINE, limit=1)

    first = next(sign for sign in signs if sign.text == "First")
    assert groups == [SignGroup("Hotel reception", "reception", [first])]


def list_of(*signs: PublicSign, language: str) -> str:
    group = SignGroup("Hotel reception", "", [*signs])
    with override(language):
        html = render_to_string("components/sign_list.html", {"groups": [group]})
    return " ".join(html.split())


def test_sign_list_says_which_language_each_sign_speaks():
    signs = [
        PublicSign(
            key=language, audience="reception", harm="any", text=text, language=language
        )
        for language, text in (("ur", "نقد"), ("en", "Cash"))
    ]

    shown = list_of(*signs, language="ur")

    assert '<li lang="ur" dir="rtl">نقد</li>' in shown
    assert '<li lang="en" dir="ltr">Cash</li>' in shown


def test_sign_list_needs_no_language_in_english():
    sign = PublicSign(
        key="a", audience="reception", harm="any", text="Cash", language="en"
    )

    assert "<li>Cash</li>" in list_of(sign, language="en")
