import datetime

import pytest
from django.utils import timezone

from partners.register.enums import PremisesState
from partners.training.rules import initials
from tests.factories.learning import ModuleVersionFactory
from tests.factories.register import SpellFactory
from tests.factories.training import CompletionFactory
from tests.partners.training.test_journey import text_of

pytestmark = pytest.mark.usefixtures("confirmed_languages")

FAR = datetime.date(2099, 1, 5)


@pytest.fixture
def completion(db):
    return CompletionFactory.create(
        staff_member__name="Ana Kowalska",
        module__title="At reception",
        certificate_code="1A2B3C4D5E60",
        valid_until=FAR,
    )


def test_valid_certificate_says_for_whom_what_and_until_when(client, completion):
    page = client.get("/verify/1A2B3C4D5E60/")

    shown = text_of(page)
    assert page.status_code == 200
    assert "This certificate is valid" in shown
    assert "Initials A. K. Training At reception" in shown
    assert "Valid until 5 January 2099" in shown
    assert "Ana Kowalska" not in page.content.decode()
    assert str(completion.staff_member.organisation) not in page.content.decode()


def test_check_names_the_place_the_person_worked_at_that_day(client, completion):
    for name, started_on, ended_on in (
        ("Lantern House", completion.valid_from, None),
        ("Later House", completion.valid_from + datetime.timedelta(days=9), None),
        ("Earlier House", datetime.date(2020, 1, 1), datetime.date(2020, 2, 1)),
    ):
        SpellFactory.create(
            premises__name=name,
            staff_member=completion.staff_member,
            started_on=started_on,
            ended_on=ended_on,
        )

    shown = text_of(client.get("/verify/1A2B3C4D5E60/"))

    assert "Worked then at Lantern House, Ashbeck" in shown
    assert "Later House" not in shown
    assert "Earlier House" not in shown


def test_check_outlives_the_place_and_the_words_of_the_module(client, completion):
    spell = SpellFactory.create(
        staff_member=completion.staff_member, started_on=completion.valid_from
    )
    spell.premises.closed_on = datetime.date(2026, 11, 2)
    spell.premises.state = PremisesState.CLOSED
    spell.premises.save()
    before = text_of(client.get("/verify/1A2B3C4D5E60/"))
    ModuleVersionFactory.create(module=completion.module, number=9_999)

    shown = text_of(client.get("/verify/1A2B3C4D5E60/"))

    assert "This certificate is valid" in shown
    assert "no longer part of the scheme since 2 November 2026" in shown
    assert "have changed since" not in before
    assert "The words of this training have changed since." in shown


@pytest.mark.parametrize("typed", ("1a2b3c4d5e6o", "IA2B-3C4D-5E60", "lA2b3c4d5e60"))
@pytest.mark.usefixtures("completion")
def test_code_is_read_as_people_write_it(client, typed):
    assert "This certificate is valid" in text_of(client.get(f"/verify/{typed}/"))


def test_certificate_is_valid_on_its_last_day_and_then_has_run_out(client, db):
    today = timezone.localdate()
    for code, until in (
        ("AAAAAAAAAAAA", today),
        ("BBBBBBBBBBBB", today - datetime.timedelta(days=1)),
    ):
        CompletionFactory.create(
            certificate_code=code,
            valid_from=datetime.date(2025, 1, 1),
            valid_until=until,
        )

    last_day = text_of(client.get("/verify/AAAAAAAAAAAA/"))
    day_after = text_of(client.get("/verify/BBBBBBBBBBBB/"))

    assert "This certificate is valid" in last_day
    assert "This certificate has run out" in day_after


def test_removed_name_is_not_shown(client, completion):
    completion.staff_member.name = ""
    completion.staff_member.save()

    shown = text_of(client.get("/verify/1A2B3C4D5E60/"))
    assert "This certificate is valid" in shown
    assert "The name has been removed" in shown


@pytest.mark.django_db
def test_mistyped_code_is_told_from_an_unknown_one(client):
    mistyped = client.get("/verify/000000000001/")
    unknown = client.get("/verify/000000000000/")

    assert (mistyped.status_code, unknown.status_code) == (200, 200)
    assert "has a slip in it" in text_of(mistyped)
    assert "We do not know this certificate" in text_of(unknown)


@pytest.mark.django_db
def test_address_without_a_number_says_where_it_belongs(client):
    assert "belongs at the end of this address" in text_of(client.get("/verify/"))


@pytest.mark.parametrize("path", ("1A2B3C4D5E60/", "000000000000/", "X/", ""))
@pytest.mark.usefixtures("completion")
def test_checking_leaves_no_trace_and_always_leads_to_help(client, path):
    page = client.get(f"/verify/{path}")

    assert page.status_code == 200
    assert "private" in page.headers["Cache-Control"]
    assert page.cookies == {}
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert 'href="tel:999"' in page.content.decode()
    assert 'href="/report/"' in page.content.decode()


@pytest.mark.usefixtures("completion")
def test_certificate_can_be_checked_in_another_language(client):
    page = client.get("/pl/verify/1A2B3C4D5E60/")

    assert "A. K." in text_of(page)


@pytest.mark.usefixtures("completion")
def test_checking_asks_little(client, django_assert_num_queries):
    with django_assert_num_queries(7):
        page = client.get("/verify/1A2B3C4D5E60/")

    assert "A. K." in text_of(page)


@pytest.mark.parametrize(
    ("name", "short"),
    (("Ana Kowalska", "A. K."), ("Ömer", "Ö."), ("J (Jo) Orr", "J. O."), ("", "")),
)
def test_initials_are_what_is_needed_to_compare(name, short):
    assert initials(name) == short
