from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from media.print.typesetting import codes_on_page
from partners.training import sessions
from partners.training.models import Attempt, Completion
from tests.factories.learning import ModuleVersionFactory
from tests.factories.register import (
    ManagerLinkFactory,
    OrganisationFactory,
    SpellFactory,
)
from tests.factories.training import CompletionFactory
from tests.media.print.pdfs import has_its_fonts, is_accessible, pages_of

pytestmark = pytest.mark.django_db

FAR = date(2099, 11, 17)


@pytest.fixture
def link(area):
    return ManagerLinkFactory.create(premises__area=area)


@pytest.fixture
def spell(link):
    return SpellFactory.create(
        premises=link.premises, staff_member__name="Zofia Wójcik"
    )


@pytest.fixture
def completion(spell, now):
    version = ModuleVersionFactory.create()
    attempt = Attempt.objects.create(
        staff_member=spell.staff_member,
        version=version,
        started_at=now,
        submitted_at=now,
        answers={},
        score=100,
        is_passed=True,
    )
    return Completion.objects.create(
        staff_member=spell.staff_member,
        module=version.module,
        attempt=attempt,
        valid_from=date(2026, 11, 18),
        valid_until=FAR,
    )


def address_of(completion, form="certificate"):
    return reverse("print:certificate", args=[completion.certificate_code, form])


def managers_address(premises, completion, form="certificate"):
    return reverse(
        "print:managers-certificate",
        args=[premises.key, completion.certificate_code, form],
    )


@pytest.fixture
def learner_client(client, spell):
    """Return the browser of the person, signed in with a slip."""
    return learn_as(client, spell)


def learn_as(client, spell):
    now = timezone.now()
    slip = spell.staff_member.slips.create(
        premises=spell.premises,
        code=f"A{spell.pk}",
        pin_hmac="x",
        printed_at=now,
        expires_at=now + timedelta(days=30),
    )
    session = client.session
    session[sessions.KEY] = {"slip": slip.pk, "seen": now.isoformat()}
    session.save()
    return client


@pytest.mark.parametrize("form", ("certificate", "card"))
def test_certificate_says_who_what_and_until_when(learner_client, completion, form):
    code = completion.certificate_code

    answer = learner_client.get(
        address_of(completion, form).replace(code, code.lower())
    )

    (words,) = pages_of(answer.content)
    for wanted in (
        "Zofia Wójcik",
        "At reception",
        "18 November 2026",
        "17 November 2099",
        f"/verify/{code}/",
        "localhost:8000",
    ):
        assert wanted in words
    assert codes_on_page(answer.content) == [f"http://localhost:8000/verify/{code}/"]
    assert (is_accessible(answer.content), has_its_fonts(answer.content)) == (
        True,
        True,
    )
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_certificate_is_in_english_whatever_the_page(learner_client, completion):
    person = completion.staff_member
    person.language = "pl"
    person.save()

    (words,) = pages_of(learner_client.get(address_of(completion)).content)

    assert "has completed the module" in words


def test_certificate_keeps_the_title_of_its_day(learner_client, completion):
    completion.module.title = "At the front desk"
    completion.module.save()

    (words,) = pages_of(learner_client.get(address_of(completion)).content)

    assert completion.attempt.version.content["title"] in words
    assert "At the front desk" not in words


def test_manager_prints_certificates_of_people_in_post(link, completion, client_of):
    client = client_of(link.user)

    for form in ("certificate", "card"):
        answer = client.get(managers_address(link.premises, completion, form))
        assert "Zofia Wójcik" in pages_of(answer.content)[0]


def test_certificate_is_for_nobody_else(
    link, spell, completion, client_of, client, officer
):
    elsewhere = ManagerLinkFactory.create()
    stranger = client_of(elsewhere.user)
    colleague = learn_as(
        client_of(officer), SpellFactory.create(premises=spell.premises)
    )
    theirs = managers_address(link.premises, completion)

    answers = [
        stranger.get(theirs),
        stranger.get(managers_address(elsewhere.premises, completion)),
        client_of(officer).get(theirs),
        colleague.get(address_of(completion)),
    ]
    link.ended_at = timezone.now()
    link.save()
    answers.append(client_of(link.user).get(theirs))

    assert [answer.status_code for answer in answers] == [404] * 5
    assert client.get(theirs).url == f"{reverse('account_login')}?next={theirs}"
    assert client.get(address_of(completion)).url == reverse("training:sign-in")


def test_who_has_left_is_no_longer_the_managers_to_print(
    link, spell, completion, client_of
):
    spell.ended_on = timezone.localdate() - timedelta(days=1)
    spell.save()

    answer = client_of(link.user).get(managers_address(link.premises, completion))

    assert answer.status_code == 404


def test_people_of_an_owner_before_are_not_the_managers(link, client_of):
    spell = SpellFactory.create(
        premises=link.premises, staff_member__organisation=OrganisationFactory.create()
    )
    completion = CompletionFactory.create(staff_member=spell.staff_member)

    answer = client_of(link.user).get(managers_address(link.premises, completion))

    assert answer.status_code == 404


def test_certificate_of_a_person_whose_name_was_removed(link, completion, client_of):
    person = completion.staff_member
    person.name = ""
    person.anonymised_at = timezone.now()
    person.save()

    answer = client_of(link.user).get(managers_address(link.premises, completion))

    assert "Name removed" in pages_of(answer.content)[0]


def test_unknown_certificate_or_form_is_not_found(learner_client, completion):
    unknown = reverse("print:certificate", args=["000000000000", "certificate"])

    assert learner_client.get(unknown).status_code == 404
    assert learner_client.get(address_of(completion, "a0")).status_code == 404


def test_address_of_earlier_days_leads_to_the_check(client, completion):
    code = completion.certificate_code

    answer = client.get(f"/verify/{code}/certificate.pdf")

    assert answer.url == f"/verify/{code}/"
    assert answer.cookies.output() == ""


def test_list_shows_what_is_valid_today_once(link, spell, completion, client_of):
    module = completion.module
    person = spell.staff_member
    CompletionFactory.create(
        staff_member=person,
        module=module,
        attempt__version=completion.attempt.version,
        valid_from=date(2026, 11, 19),
        valid_until=FAR,
        certificate_code="1A2B3C4D5E60",
    )
    CompletionFactory.create(
        staff_member=person,
        valid_from=date(2024, 1, 1),
        valid_until=date(2024, 12, 31),
    )
    CompletionFactory.create(valid_until=FAR)

    page = client_of(link.user).get(
        reverse("print:certificates", args=[link.premises.key])
    )

    shown = [one.certificate_code for one in page.context["page_obj"]]
    assert shown == ["1A2B3C4D5E60"]


def test_cards_of_a_page_stand_five_to_a_sheet(link, client_of):
    for number in range(6):
        spell = SpellFactory.create(
            premises=link.premises, staff_member__name=f"Worker Number {number}"
        )
        CompletionFactory.create(staff_member=spell.staff_member, valid_until=FAR)

    answer = client_of(link.user).get(reverse("print:cards", args=[link.premises.key]))

    pages = pages_of(answer.content)
    assert [page.count("Worker Number") for page in pages] == [5, 1]
    assert is_accessible(answer.content)
    assert len(codes_on_page(answer.content)) == 5


def test_cards_of_nobody_are_not_there(link, client_of):
    client = client_of(link.user)
    page = client.get(reverse("print:certificates", args=[link.premises.key]))

    assert "Nobody in post has a valid certificate yet." in page.text
    answer = client.get(reverse("print:cards", args=[link.premises.key]))
    assert answer.status_code == 404


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_query_count(link, client_of, django_assert_num_queries, item_count):
    for _number in range(item_count):
        spell = SpellFactory.create(premises=link.premises)
        CompletionFactory.create(staff_member=spell.staff_member, valid_until=FAR)
    client = client_of(link.user)
    path = reverse("print:certificates", args=[link.premises.key])
    client.get(path)

    with django_assert_num_queries(7):
        page = client.get(path)

    assert len(page.context["page_obj"]) == item_count
