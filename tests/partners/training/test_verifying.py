import datetime

import pytest
from django.utils import timezone

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
    assert "Name Ana Kowalska Training At reception" in shown
    assert "Valid until 5 January 2099" in shown
    assert str(completion.staff_member.organisation) not in page.content.decode()


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

    assert "Name removed" in text_of(client.get("/verify/1A2B3C4D5E60/"))


@pytest.mark.django_db
def test_mistyped_code_is_told_from_an_unknown_one(client):
    mistyped = client.get("/verify/000000000001/")
    unknown = client.get("/verify/000000000000/")

    assert (mistyped.status_code, unknown.status_code) == (404, 404)
    assert "has a slip in it" in text_of(mistyped)
    assert "We do not know this certificate" in text_of(unknown)


@pytest.mark.parametrize("code", ("1A2B3C4D5E60", "000000000000", "X"))
@pytest.mark.usefixtures("completion")
def test_checking_leaves_no_trace_and_always_leads_to_help(client, code):
    page = client.get(f"/verify/{code}/")

    assert page.cookies == {}
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert 'href="tel:999"' in page.content.decode()
    assert 'href="/report/"' in page.content.decode()


@pytest.mark.usefixtures("completion")
def test_certificate_can_be_checked_in_another_language(client):
    page = client.get("/pl/verify/1A2B3C4D5E60/")

    assert "Ana Kowalska" in text_of(page)


@pytest.mark.usefixtures("completion")
def test_checking_asks_little(client, django_assert_num_queries):
    with django_assert_num_queries(5):
        page = client.get("/verify/1A2B3C4D5E60/")

    assert "Ana Kowalska" in text_of(page)
