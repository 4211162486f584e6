import re

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from accounts.enums import Role
from accounts.models import User
from campaigns.guidance.language_grid import page_states
from campaigns.guidance.models import AudiencePage, GuidancePage, HomePage, PageWords
from campaigns.guidance.services import grant_permissions
from campaigns.routes.models import RouteWording
from campaigns.signs.models import SignWording
from core.models import AuditEvent, LanguageConfirmation
from tests.factories.accounts import UserFactory

GRID = "/cms/guidance/languages/"
CONFIRMERS = (Role.OFFICER, Role.AREA_LEAD, Role.SAFEGUARDING_LEAD)
OUTSIDERS = (Role.MANAGER, Role.TESTER, Role.BOARD)


@pytest.fixture
def polish_home(polish_home: HomePage) -> HomePage:
    grant_permissions()
    return polish_home


@pytest.fixture
def editor(polish_home: HomePage) -> User:
    return UserFactory.create(roles=[Role.EDITOR])


@pytest.fixture
def lead(polish_home: HomePage) -> User:
    return UserFactory.create(roles=[Role.SAFEGUARDING_LEAD], name="Lee")


def hotels(language: str = "en") -> AudiencePage:
    page: AudiencePage = AudiencePage.objects.get(
        slug="hotels", locale__language_code=language
    )
    return page


def confirm_addresses() -> list[str]:
    return [
        f"{GRID}pl/interface/",
        f"{GRID}pl/routes/",
        f"{GRID}pl/signs/",
        f"{GRID}pages/{hotels('pl').pk}/",
    ]


def reword(**changed: object) -> None:
    """Publish other English words of the page for hotels."""
    page = hotels()
    for name, value in changed.items():
        setattr(page, name, value)
    page.save_revision().publish()


def rows(page: str) -> dict[str, str]:
    """Return the words of each row of the grid by its heading."""
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", page, flags=re.DOTALL)[1:]:
        heading, _, cells = row.partition("</th>")
        text = [
            " ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in (heading, cells)
        ]
        found[text[0]] = text[1]
    return found


def page_row(client: Client, **filters: str) -> str:
    title = hotels().title
    return rows(client.get(GRID, filters).text).get(title, "")


def test_grid_tells_what_is_missing_and_what_is_a_draft(editor, client_of):
    row = page_row(client_of(editor))

    assert row == "Current draft Missing Missing Missing"


@pytest.mark.parametrize(
    ("is_same", "row"),
    (
        (False, "Outdated, the meaning has changed 1 of {} parts draft"),
        (True, "Outdated, the meaning is the same 1 of {} parts draft"),
    ),
)
def test_grid_tells_how_far_a_page_fell_behind(editor, client_of, is_same, row):
    reword(lead="Other words.", keeps_meaning=is_same)

    words = PageWords.objects.get(page=hotels("pl"))
    total = sum(page_states(hotels().page_words, words).values())
    assert page_row(client_of(editor), language="pl") == row.format(total)


def test_grid_sees_the_parts_as_their_readers_do(editor):
    reword(lead="Other words.")
    page = hotels().in_language("pl")
    read = [part.state for part in page.chosen_parts.values() if part.part.texts]

    counts = page_states(hotels().page_words, hotels("pl").page_words)

    assert counts == {state: read.count(state) for state in {*read}}


def test_grid_names_who_confirmed_and_when(lead, client_of):
    client = client_of(lead)
    words_hash = hotels("pl").page_words.words_hash
    client.post(confirm_addresses()[3], {"name": "Ana", "words_hash": words_hash})
    client.post(f"{GRID}pl/interface/", {"name": "Ewa Nowak"})

    page = rows(client.get(GRID, {"language": "pl"}).text)

    assert re.fullmatch(
        r"Current confirmed by Ana on \d+ \w+ \d{4} Confirm", page[hotels().title]
    )
    assert page["Interface"].startswith("confirmed by Ewa Nowak on ")


def test_grid_counts_the_words_of_routes_and_signs(editor, client_of):
    RouteWording.objects.exclude(language="en").delete()
    english = RouteWording.objects.order_by("pk")
    for row, source, person in (
        (english[0], english[0].own_hash(), "Ana"),
        (english[1], "older", ""),
    ):
        RouteWording.objects.create(
            route=row.route,
            language="pl",
            name="x",
            source_hash=source,
            confirmed_by=person,
        )
    missing = english.filter(language="en").count() - 2

    page = rows(client_of(editor).get(GRID, {"language": "pl"}).text)

    assert page["Routes"] == (
        f"1 current 1 outdated, the meaning has changed {missing} missing "
        "confirmed by Ana"
    )


@pytest.mark.parametrize(
    ("filters", "has_page"),
    (
        ({"language": "pl", "state": "current"}, True),
        ({"language": "pl", "state": "missing"}, False),
        ({"state": "missing"}, True),
        ({"language": "ur", "state": "current"}, False),
    ),
)
def test_grid_is_filtered_by_language_and_state(editor, client_of, filters, has_page):
    assert bool(page_row(client_of(editor), **filters)) is has_page


def test_grid_says_when_nothing_is_in_a_state(editor, client_of):
    page = client_of(editor).get(GRID, {"language": "pl", "state": "material"}).text

    assert "No page has words in this state." in page


def test_grid_says_when_there_is_no_page(officer, client_of):
    page = client_of(officer).get(GRID).text

    assert "There is no published page in English yet." in page


@pytest.mark.parametrize(
    ("filters", "sentence"),
    (
        ({"language": "xx"}, "Choose a language from the list."),
        ({"state": "fine"}, "Choose a state from the list."),
    ),
)
def test_grid_refuses_a_filter_it_does_not_know(editor, client_of, filters, sentence):
    response = client_of(editor).get(GRID, filters)

    assert response.status_code == 422
    assert sentence in response.text


def test_cell_leads_to_the_editor_of_the_translation(editor, client_of):
    client = client_of(editor)
    address = f"/cms/pages/{hotels('pl').pk}/edit/"

    assert f'href="{address}"' in client.get(GRID).text
    assert "wagtail_localize/js" in client.get(address).text


@pytest.mark.parametrize(
    ("role", "is_led"), ((Role.EDITOR, True), (Role.OFFICER, False))
)
def test_cell_of_a_missing_page_leads_on_whoever_may_begin_it(
    polish_home, client_of, role, is_led
):
    grant_permissions()
    person = UserFactory.create(roles=[role])

    page = client_of(person).get(GRID).text

    address = f"/cms/localize/submit/page/{hotels().pk}/?select_locale=sk"
    assert (address in page) is is_led


@pytest.mark.parametrize("role", (Role.EDITOR, *CONFIRMERS))
def test_whoever_enters_the_admin_finds_the_grid(polish_home, client_of, role):
    client = client_of(UserFactory.create(roles=[role]))

    assert GRID in client.get("/cms/").text
    page = client.get(GRID).text
    assert (f"{GRID}pl/routes/" in page) is (role != Role.EDITOR)


@pytest.mark.parametrize("role", OUTSIDERS)
def test_grid_is_closed_to_others(polish_home, client_of, role):
    client = client_of(UserFactory.create(roles=[role]))

    assert client.get(GRID).status_code == 403


@pytest.mark.parametrize("page_count", (1, 3))
def test_grid_query_count(page_count, editor, client_of, django_assert_num_queries):
    Page.objects.filter(depth__gt=2).update(live=False)
    for number in range(page_count - 1):
        page = GuidancePage(
            title=f"W {number}",
            slug=f"w{number}",
            heading="W",
            locale=Locale.objects.get(language_code="en"),
        )
        HomePage.objects.get(locale=page.locale).add_child(instance=page)
        page.save_revision().publish()
    client = client_of(editor)
    client.get(GRID)

    with django_assert_num_queries(19):
        response = client.get(GRID)

    assert len(response.context["grid"].pages) == page_count


@pytest.mark.parametrize("role", CONFIRMERS)
def test_confirm_screens_open_to_those_who_confirm(polish_home, client_of, role):
    client = client_of(UserFactory.create(roles=[role]))

    for address in confirm_addresses():
        assert "Who has read the words?" in client.get(address).text


@pytest.mark.parametrize("role", (Role.EDITOR, *OUTSIDERS))
def test_confirm_screens_are_closed_to_others(polish_home, client_of, role):
    client = client_of(UserFactory.create(roles=[role]))
    closed = 302 if role == Role.EDITOR else 403

    for address in confirm_addresses():
        assert client.get(address).status_code == closed
        assert client.post(address, {"name": "Ana"}).status_code == closed
    assert not LanguageConfirmation.objects.exists()
    assert not PageWords.objects.confirmed().exists()
    assert not RouteWording.objects.exclude(confirmed_by="").exists()
    assert not SignWording.objects.exclude(confirmed_by="").exists()


def test_a_second_click_changes_nothing_twice(lead, client_of):
    client = client_of(lead)
    words_hash = hotels("pl").page_words.words_hash
    form = {"name": "Ana Novak", "words_hash": words_hash}
    for row in RouteWording.objects.filter(language="en"):
        RouteWording.objects.update_or_create(
            route=row.route,
            language="pl",
            defaults={"name": "x", "when": "y", "source_hash": row.own_hash()},
        )
    SignWording.objects.filter(language="pl").delete()
    sign = SignWording.objects.filter(language="en").order_by("pk")[0]
    SignWording.objects.create(
        sign=sign.sign,
        audience=sign.audience,
        language="pl",
        text="z",
        source_hash=sign.hash,
    )

    answers = [
        client.post(address, form) for address in confirm_addresses() for _ in range(2)
    ]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, GRID)] * 8
    verbs = AuditEvent.objects.filter(verb__endswith=".confirmed").order_by("pk")
    assert [event.verb for event in verbs] == [
        "language.confirmed",
        "route_words.confirmed",
        "sign_words.confirmed",
        "page_words.confirmed",
    ]
    words = hotels("pl").page_words
    assert (words.confirmed_by_name, words.confirmation_entered_by) == (
        "Ana Novak",
        lead,
    )
    assert "Confirmed in Polski: Interface." in client.get(GRID).text


@pytest.mark.parametrize("name", ("", "   "))
def test_confirming_asks_for_a_name(lead, client_of, name):
    for address in confirm_addresses():
        response = client_of(lead).post(address, {"name": name})

        assert response.status_code == 422
        assert "Enter the name of the person who read the words." in response.text


def test_words_that_changed_meanwhile_are_read_again(lead, client_of):
    response = client_of(lead).post(
        confirm_addresses()[3], {"name": "Ana", "words_hash": "those of yesterday"}
    )

    assert response.status_code == 422
    assert "The words of this page have changed just now." in response.text
    assert not PageWords.objects.confirmed().exists()


@pytest.mark.parametrize(
    "address", ("en/interface/", "xx/routes/", "pl/pages/", "pages/0/")
)
def test_nothing_else_is_confirmed(lead, client_of, address):
    assert client_of(lead).get(GRID + address).status_code == 404


def test_english_page_has_nothing_to_confirm(lead, client_of):
    assert client_of(lead).get(f"{GRID}pages/{hotels().pk}/").status_code == 404


def test_confirm_screen_shows_the_words_beside_the_english(lead, client_of):
    row = RouteWording.objects.filter(language="en").order_by("pk")[0]
    RouteWording.objects.update_or_create(
        route=row.route,
        language="ur",
        defaults={"name": "Urdu words", "source_hash": row.own_hash()},
    )

    page = client_of(lead).get(f"{GRID}ur/routes/").text

    assert row.name in page
    assert "Urdu words" in page
    assert '<td lang="ur" dir="rtl">' in page


def test_confirmations_are_not_typed_in_other_forms(editor, client_of):
    client = client_of(editor)
    route = RouteWording.objects.order_by("pk")[0].route_id
    sign = SignWording.objects.order_by("pk")[0].sign_id

    for address in (f"reporting-routes/edit/{route}/", f"signs/edit/{sign}/"):
        page = client.get(f"/cms/{address}").text
        assert 'name="wordings-0-language"' in page
        assert "wordings-0-confirmed_by" not in re.findall(r'name="([^"]+)"', page)
