from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from media.print.typesetting import codes_on_page
from partners.training.models import Attempt, Completion
from tests.factories.learning import ModuleVersionFactory
from tests.factories.register import StaffMemberFactory
from tests.media.print.pdfs import has_its_fonts, is_accessible, pages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def completion(now):
    version = ModuleVersionFactory.create()
    person = StaffMemberFactory.create(name="Zofia Wójcik")
    attempt = Attempt.objects.create(
        staff_member=person,
        version=version,
        started_at=now,
        submitted_at=now,
        answers={},
        score=100,
        is_passed=True,
    )
    return Completion.objects.create(
        staff_member=person,
        module=version.module,
        attempt=attempt,
        valid_from=date(2026, 11, 18),
        valid_until=date(2027, 11, 17),
    )


def address_of(completion):
    return reverse("print:certificate", args=[completion.certificate_code])


def test_certificate_says_who_what_and_until_when(client, completion):
    code = completion.certificate_code

    answer = client.get(address_of(completion).replace(code, code.lower()))

    (words,) = pages_of(answer.content)
    for wanted in (
        "Zofia Wójcik",
        "At reception",
        "18 November 2026",
        "17 November 2027",
        f"localhost:8000/verify/{code}/",
    ):
        assert wanted in words
    assert codes_on_page(answer.content) == [f"http://localhost:8000/verify/{code}/"]
    assert (is_accessible(answer.content), has_its_fonts(answer.content)) == (
        True,
        True,
    )


def test_certificate_is_kept_by_no_cache_and_sets_no_cookie(client, completion):
    answer = client.get(
        reverse("print:certificate", args=[completion.certificate_code])
    )

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.cookies.output() == ""


def test_certificate_of_a_person_whose_name_was_removed(client, completion):
    person = completion.staff_member
    person.name = ""
    person.anonymised_at = timezone.now()
    person.save()

    answer = client.get(
        reverse("print:certificate", args=[completion.certificate_code])
    )

    assert "Name removed" in pages_of(answer.content)[0]


def test_unknown_certificate_is_not_found(client, completion):
    answer = client.get(reverse("print:certificate", args=["000000000000"]))

    assert answer.status_code == 404
