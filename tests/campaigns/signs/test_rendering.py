import pytest
from pytest_django import Settings

from campaigns.signs.enums import Audience, Harm, SignStatus
from campaigns.signs.rendering import SignGroup, public_signs, sign_groups
from tests.factories.signs import SignFactory, SignWordingFactory

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
    SignWordingFactory.create(
        sign=sign, language="pl", text="Gotówka", confirmed_by=confirmed_by
    )
    SignWordingFactory.create(sign=sign, text="Cash")

    assert texts(language="pl") == [shown]


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

    assert groups == [SignGroup("Hotel reception", "reception", ["First"])]
