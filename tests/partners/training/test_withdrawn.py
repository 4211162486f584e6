"""What a completion from a session is elsewhere, and once it is withdrawn."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.training.coverage import training_half_life
from partners.training.models import Attendance, Completion
from partners.training.personal_copy import about_training
from partners.training.services import close_session, mark_people
from tests.factories.training import AttendanceFactory, TrainingSessionFactory
from tests.partners.training.test_journey import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("confirmed_languages")]


@pytest.fixture
def session(desk):
    """Return a session of yesterday, closed; the worker of the desk was there."""
    session = TrainingSessionFactory.create(
        at=desk.premises,
        version=desk.version,
        opened=True,
        starts_at=timezone.now() - timedelta(days=1),
    )
    AttendanceFactory.create(session=session, spell=desk.spell)
    close_session(session=session, actor=desk.manager, now=timezone.now())
    session.refresh_from_db()
    return session


@pytest.fixture
def withdraw(session, desk):
    def take_back() -> None:
        mark_people(
            session=session,
            premises=desk.premises,
            came=[],
            not_there=[desk.person.pk],
            actor=desk.manager,
            now=timezone.now(),
            note="Was at the dentist.",
        )

    return take_back


def pages(learner: Client) -> list[int]:
    code = Completion.objects.get().certificate_code
    return [
        learner.get(reverse(name, args=[code, *form])).status_code
        for name, form in (
            ("verify:certificate", []),
            ("training:certificate", []),
            ("print:certificate", ["certificate"]),
        )
    ]


def test_certificate_is_like_any_other_until_it_is_withdrawn(
    session, learner, withdraw
):
    before = pages(learner)
    withdraw()

    assert before == [200, 200, 200]
    assert pages(learner) == [200, 404, 404]


def test_check_page_says_that_a_certificate_was_withdrawn(session, client, withdraw):
    code = Completion.objects.get().certificate_code
    address = reverse("verify:certificate", args=[code])

    before = text_of(client.get(address))
    withdraw()
    after = text_of(client.get(address))

    assert "This certificate is valid" in before
    assert "At a session on" in before
    assert "This certificate was withdrawn" in after
    assert "Not valid today" in after


def test_learner_is_asked_again(session, learner, withdraw):
    modules = reverse("training:modules")

    before = learner.get(modules).context["cards"][0]
    withdraw()
    after = learner.get(modules).context["cards"][0]

    assert (before.is_valid, after.is_valid) == (True, False)
    assert after.completion is None


def test_half_life_counts_nobody_who_was_not_there(session, desk, withdraw):
    today = timezone.localdate()

    before = training_half_life(day=today, premises=[desk.premises])
    withdraw()
    after = training_half_life(day=today, premises=[desk.premises])

    assert (before.trained, after.trained) == (1, 0)


def test_copy_of_a_person_holds_the_sessions(session, desk, withdraw):
    withdraw()

    sections = {one.title: one.rows for one in about_training(desk.person)}

    assert [
        (row["Module"], row["Where"], row["On the list"])
        for row in sections["Sessions"]
    ] == [
        ("At reception", desk.premises.name, "Yes"),
        ("At reception", desk.premises.name, "No"),
    ]
    assert Attendance.objects.count() == 2
