from datetime import datetime

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from campaigns.guidance.confirming import (
    ConfirmError,
    confirm_interface,
    confirm_modules,
    confirm_page,
    confirm_routes,
    confirm_signs,
    withdraw_interface,
)
from campaigns.guidance.models import HomePage, PageWords
from campaigns.learning.models import ModuleVersion
from campaigns.learning.rules.words import blocks_of, words_of
from campaigns.learning.services import change_words, freeze_version
from campaigns.routes.models import RouteWording
from campaigns.signs.models import SignWording
from core.languages import spoken
from core.models import AuditEvent, LanguageConfirmation, PublicGeneration
from tests.factories.accounts import UserFactory
from tests.factories.learning import AuthoredModuleFactory

NOT_ALLOWED = "Only an officer, an area lead or a safeguarding lead confirms words."


def hotels() -> PageWords:
    words: PageWords = PageWords.objects.get(
        page__slug="hotels", page__locale__language_code="pl"
    )
    return words


@pytest.mark.parametrize("role", (Role.OFFICER, Role.AREA_LEAD, Role.SAFEGUARDING_LEAD))
def test_interface_is_confirmed_by_a_named_person(db, now: datetime, role):
    person = UserFactory.create(roles=[role])

    confirm_interface(language="pl", name=" Ana Novak ", actor=person, now=now)

    row = LanguageConfirmation.objects.get()
    assert (row.language, row.confirmed_by_name, row.confirmed_at, row.entered_by) == (
        "pl",
        "Ana Novak",
        now,
        person,
    )
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor) == ("language.confirmed", person)
    assert spoken("pl") == "pl"
    assert spoken("ro") == "en"


@pytest.mark.parametrize("role", (Role.EDITOR, Role.TESTER, Role.MANAGER, Role.BOARD))
def test_others_confirm_nothing(polish_home: HomePage, now: datetime, role):
    person = UserFactory.create(roles=[role])

    for attempt in (
        lambda: confirm_interface(language="pl", name="Ana", actor=person, now=now),
        lambda: withdraw_interface(language="pl", actor=person),
        lambda: confirm_page(
            words=hotels(),
            read_hash=hotels().words_hash,
            name="Ana",
            actor=person,
            now=now,
        ),
        lambda: confirm_routes(language="pl", name="Ana", actor=person),
        lambda: confirm_signs(language="pl", name="Ana", actor=person),
    ):
        with pytest.raises(ConfirmError, match=NOT_ALLOWED):
            attempt()
    assert not LanguageConfirmation.objects.exists()
    assert not PageWords.objects.confirmed().exists()


@pytest.mark.parametrize(
    ("language", "name", "words"),
    (
        ("pl", "  ", "Enter the name of the person who read the words."),
        ("xx", "Ana", "There is no such language."),
        ("en", "Ana", "There is no such language."),
    ),
)
def test_confirmation_needs_a_language_and_a_name(
    officer: User, now, language, name, words
):
    with pytest.raises(ConfirmError, match=words):
        confirm_interface(language=language, name=name, actor=officer, now=now)


def test_confirming_again_names_the_last_person(officer: User, now: datetime):
    confirm_interface(language="pl", name="Ana", actor=officer, now=now)
    confirm_interface(language="pl", name="Ewa", actor=officer, now=now)

    assert LanguageConfirmation.objects.get().confirmed_by_name == "Ewa"


def test_withdrawn_language_is_answered_in_english(officer: User, now: datetime):
    confirm_interface(language="pl", name="Ana", actor=officer, now=now)

    withdraw_interface(language="pl", actor=officer)

    assert spoken("pl") == "en"
    assert AuditEvent.objects.order_by("-pk")[0].verb == "language.withdrawn"


def test_confirmed_page_is_read_outside_a_demonstration(
    polish_home: HomePage, officer: User, now: datetime, client: Client, settings
):
    settings.DEMONSTRATION = False
    confirm_interface(language="pl", name="Ana", actor=officer, now=now)
    assert "[pl] Hotels" not in client.get("/pl/hotels/").text

    confirm_page(
        words=hotels(),
        read_hash=hotels().words_hash,
        name="Ana Novak",
        actor=officer,
        now=now,
    )

    assert "[pl] Hotels and guest houses" in client.get("/pl/hotels/").text
    # The others are still English in its menus.
    assert "[pl] Help and advice" not in client.get("/pl/hotels/").text
    assert AuditEvent.objects.filter(verb="page_words.confirmed").count() == 1


def test_routes_and_signs_are_confirmed_while_they_say_the_same(
    polish_home: HomePage, officer: User
):
    english = RouteWording.objects.get(route__key="101", language="en")
    stale = RouteWording.objects.get(route__key="999", language="en")
    for row, source in ((english, english.own_hash()), (stale, "older")):
        RouteWording.objects.update_or_create(
            route=row.route,
            language="sk",
            defaults={"name": "x", "when": "y", "source_hash": source},
        )
    RouteWording.objects.filter(language="sk").exclude(
        route__in=[english.route, stale.route]
    ).delete()
    SignWording.objects.exclude(language="en").delete()
    sign = SignWording.objects.order_by("pk")[0]
    SignWording.objects.create(
        sign=sign.sign,
        audience=sign.audience,
        language="sk",
        text="z",
        source_hash=sign.hash,
    )
    before = PublicGeneration.objects.get().number

    assert confirm_routes(language="sk", name="Jana", actor=officer) == 1
    assert confirm_signs(language="sk", name="Jana", actor=officer) == 1

    routes = RouteWording.objects.exclude(confirmed_by="")
    assert [(row.route.key, row.confirmed_by) for row in routes] == [("101", "Jana")]
    signs = SignWording.objects.exclude(confirmed_by="")
    assert [(row.text, row.confirmed_by) for row in signs] == [("z", "Jana")]
    assert PublicGeneration.objects.get().number > before


def test_words_of_modules_are_confirmed_and_published_at_once(
    officer: User, now: datetime
):
    module = AuthoredModuleFactory.create()
    [version] = freeze_version(module=module, now=now)
    words = words_of(blocks_of(version.words)["q1"])
    change_words(version=version, language="sk", blocks={"q1": words}, actor=officer)

    confirmed = confirm_modules(language="sk", name="Jana", actor=officer, now=now)

    assert confirmed == 1
    slovak = ModuleVersion.objects.current(module, "sk")
    assert slovak is not None
    assert (slovak.number, slovak.language) == (2, "sk")
    assert confirm_modules(language="sk", name="Jana", actor=officer, now=now) == 0


@pytest.mark.django_db
def test_editor_does_not_confirm_modules(now: datetime):
    editor = UserFactory.create(roles=[Role.EDITOR])

    with pytest.raises(ConfirmError):
        confirm_modules(language="sk", name="Jana", actor=editor, now=now)


def test_words_of_modules_stand_on_the_screen_of_languages(
    client_of, officer: User, now: datetime
):
    module = AuthoredModuleFactory.create()
    [version] = freeze_version(module=module, now=now)
    change_words(
        version=version, language="sk", blocks={"q1": {".text": "Čo?"}}, actor=officer
    )

    page = client_of(officer).get("/cms/guidance/languages/sk/modules/")

    assert page.status_code == 200
    assert "Čo?" in page.content.decode()
