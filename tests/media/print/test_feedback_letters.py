import datetime
import re

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.enums import Role
from media.print.feedback_letters import feedback_letter_pdf
from tests.factories.accounts import UserFactory
from tests.factories.followups import GapRuleFactory, released
from tests.factories.register import ManagerLinkFactory, PremisesFactory
from tests.factories.visits import make_visit
from tests.media.print.pdfs import has_its_fonts, is_accessible, pages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(area, officer, now):
    GapRuleFactory.create(title="Talk it through")
    visit = make_visit(
        premises=PremisesFactory.create(area=area, name="Harbour View"),
        tester=UserFactory.create(roles=[Role.TESTER], areas=[area]),
        planned_by=officer,
        planned_on=datetime.date(2026, 11, 17),
    )
    return released(visit, officer=officer, now=now, asked="no")


def letter(visit) -> str:
    return reverse("print:feedback-letter", args=[visit.premises.key, visit.key])


def test_letter_begins_with_what_went_well_and_names_no_day(visit):
    pdf = feedback_letter_pdf(visit)

    [page] = pages_of(pdf)
    assert is_accessible(pdf)
    assert has_its_fonts(pdf)
    order = ("Harbour View", "What went well", "What to practise", "Next steps")
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "In November 2026 we visited" in page
    assert "17 November" not in page
    assert "Talk it through" in page


def test_letter_speaks_the_language_that_is_read(visit):
    with translation.override("ur"):
        pdf = feedback_letter_pdf(visit)

    assert is_accessible(pdf)
    assert re.search(rb"/Lang ?\(ur", pdf)


def test_letter_of_a_result_set_aside_says_so_and_asks_for_nothing(visit, now):
    visit.set_aside_at = now
    visit.save(update_fields=["set_aside_at"])

    [page] = pages_of(feedback_letter_pdf(visit))

    assert "counts no more" in page
    assert "Next steps" not in page


def test_managers_print_the_letter_of_their_own_released_visits(
    visit, client_of, officer
):
    manager = ManagerLinkFactory.create(premises=visit.premises).user
    unreleased = make_visit(
        premises=visit.premises, tester=visit.tester, planned_by=officer
    )
    client = client_of(manager)
    feedback = reverse("followups:feedback", args=[visit.premises.key, visit.key])

    assert letter(visit) in client.get(feedback).text
    assert client.get(letter(visit)).headers["Content-Type"] == "application/pdf"
    assert client.get(letter(unreleased)).status_code == 404
    other = client_of(ManagerLinkFactory.create().user)
    assert other.get(letter(visit)).status_code == 404
