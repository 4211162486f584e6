import re

import pytest
from django.urls import reverse

from core.models import AuditEvent
from media.print.slips import slips_pdf
from media.print.typesetting import codes_on_page
from partners.training.models import Slip
from partners.training.services import print_slips, sign_in
from tests.factories.register import (
    ManagerLinkFactory,
    PremisesFactory,
    SpellFactory,
    StaffMemberFactory,
)
from tests.media.print.pdfs import has_its_fonts, is_accessible, pages_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def premises(area):
    return PremisesFactory.create(area=area, staff_code="7KQ2ZP")


@pytest.fixture
def manager(client_of, premises):
    return client_of(ManagerLinkFactory.create(premises=premises).user)


def person_in_post(premises, name):
    person = StaffMemberFactory.create(organisation=premises.organisation, name=name)
    SpellFactory.create(premises=premises, staff_member=person)
    return person


def test_slips_stand_eight_to_a_page(premises, officer, now):
    names = [f"Person Number{place}" for place in range(9)]
    people = [person_in_post(premises, name) for name in names]
    printed = print_slips(
        premises=premises, staff_members=people, actor=officer, now=now
    )

    pdf = slips_pdf(premises, printed)

    pages = pages_of(pdf)
    assert [len(re.findall("Person Number", page)) for page in pages] == [8, 1]
    assert codes_on_page(pdf) == ["http://localhost:8000/train/7KQ2ZP/"] * 8
    for slip in printed:
        for word in (slip.name, slip.staff_code, slip.code, slip.pin):
            assert word in " ".join(pages)
    assert premises.organisation.name in pages[1]
    assert (is_accessible(pdf), has_its_fonts(pdf)) == (True, True)


@pytest.mark.parametrize("name", ("محمد اقبال", "李娜", "Ștefan Żółć", "N" * 150))
def test_slips_carry_any_name(premises, officer, now, name):
    person = person_in_post(premises, name)
    printed = print_slips(
        premises=premises, staff_members=[person], actor=officer, now=now
    )

    assert len(pages_of(slips_pdf(premises, printed))) == 1


def test_manager_prints_slips_that_work_and_keeps_no_pin(manager, premises, now):
    people = [person_in_post(premises, name) for name in ("Ana Popescu", "Ben Ode")]
    SpellFactory.create(premises=premises, ended_on="2026-02-01")

    answer = manager.post(reverse("print:slips", args=[premises.key]))

    (page,) = pages_of(answer.content)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="slips.pdf"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    slips = Slip.objects.order_by("staff_member__name")
    assert [slip.staff_member for slip in slips] == people
    code = slips[0].code
    pin = re.findall(r"\b\d{6}\b", page)[0]
    assert sign_in(staff_code="7KQ2ZP", personal_code=code, pin=pin, now=now).code
    assert pin not in str(list(AuditEvent.objects.values_list("facts", flat=True)))


def test_manager_prints_slips_for_the_chosen_only(manager, premises):
    chosen, _ = (person_in_post(premises, name) for name in ("Ana", "Ben"))

    manager.post(reverse("print:slips", args=[premises.key]), {"staff": [chosen.key]})

    assert [slip.staff_member for slip in Slip.objects.all()] == [chosen]


def test_slips_refuse_somebody_from_elsewhere(manager, premises):
    person_in_post(premises, "Ana")
    other = person_in_post(PremisesFactory.create(), "Ben")

    answer = manager.post(
        reverse("print:slips", args=[premises.key]), {"staff": [other.key]}
    )

    assert answer.url == reverse("portal:premises", args=[premises.key])
    assert "is not in post here any more" in manager.get(answer.url).text
    assert not Slip.objects.exists()


def test_slips_of_empty_premises_say_so(manager, premises):
    answer = manager.post(reverse("print:slips", args=[premises.key]))

    assert "Nobody is in post here yet." in manager.get(answer.url).text


def test_slips_belong_to_the_managers_of_the_premises(client_of, client, premises):
    person_in_post(premises, "Ana")
    stranger = client_of(ManagerLinkFactory.create().user)
    url = reverse("print:slips", args=[premises.key])

    answers = [stranger.post(url), client.post(url)]

    assert [answer.status_code for answer in answers] == [404, 302]
    assert not Slip.objects.exists()


def test_slips_are_never_made_by_a_link(manager, premises):
    assert manager.get(reverse("print:slips", args=[premises.key])).status_code == 405
