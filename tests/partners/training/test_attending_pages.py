"""How people at a session get on its list, with a phone and without script."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.training.models import Attendance, TrainingSession
from partners.training.services import close_session
from tests.factories.training import TrainingSessionFactory
from tests.partners.training.conftest import print_slip
from tests.partners.training.test_session_attending import others_code

pytestmark = pytest.mark.django_db

HERE = reverse("training:here")


@pytest.fixture
def session(area, desk) -> TrainingSession:
    """Return a session that is open today, by the clock that browsers have."""
    now = timezone.now()
    start = now.replace(hour=0, minute=1)
    return TrainingSessionFactory.create(
        area=area,
        version=desk.version,
        opened=True,
        starts_at=start,
        ends_at=start + timedelta(minutes=5),
    )


@pytest.fixture
def printed(desk):
    return print_slip(desk, timezone.now())


def slip_fields(printed, **others):
    return {
        "staff_code": printed.staff_code,
        "personal_code": printed.code,
        "pin": printed.pin,
        **others,
    }


def test_code_and_slip_together_put_somebody_on_the_list(session, desk, printed):
    client = Client()

    page = client.get(reverse("training:here-code", args=[session.code.lower()]))
    answer = client.post(HERE, slip_fields(printed, code=session.code))
    done = client.get(answer.headers["Location"])

    assert page.context["form"]["code"].value() == session.code
    assert answer.status_code == 302
    assert Attendance.objects.get().staff_member == desk.person
    assert done.status_code == 200
    assert "You are on the list" in done.text
    assert session.version.module.title in done.text


def test_who_is_signed_in_enters_the_code_only(session, desk, learner):
    page = learner.get(HERE)
    answer = learner.post(HERE, {"code": session.code})

    assert list(page.context["form"].fields) == ["code"]
    assert answer.status_code == 302
    assert Attendance.objects.get().staff_member == desk.person


def test_opening_the_address_puts_nobody_on_a_list(session, learner):
    """Programs that look at links before people do are no proof of being there."""
    page = learner.get(reverse("training:here-code", args=[session.code]))

    assert page.status_code == 200
    assert not Attendance.objects.exists()


def test_page_says_the_same_of_right_and_wrong_codes(session):
    right = Client().get(reverse("training:here-code", args=[session.code]))
    code = others_code(session)
    wrong = Client().get(reverse("training:here-code", args=[code]))

    assert session.version.module.title not in right.text
    assert right.text.count(session.code) == wrong.text.count(code)


def test_wrong_code_keeps_who_signed_in(session, printed):
    client = Client()

    answer = client.post(HERE, slip_fields(printed, code=others_code(session)))
    again = client.post(HERE, {"code": session.code})

    assert answer.status_code == 422
    assert list(answer.context["form"].fields) == ["code"]
    assert "does not belong to a session that is open" in answer.text
    assert again.status_code == 302


def test_wrong_pin_is_refused_as_on_the_first_page(session, printed):
    client = Client()

    answer = client.post(
        HERE, slip_fields(printed, code=session.code) | {"pin": "000000"}
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].fields) == [
        "code",
        "staff_code",
        "personal_code",
        "pin",
    ]
    assert not Attendance.objects.exists()


def test_five_wrong_codes_say_who_helps(session, learner):
    for _ in range(5):
        answer = learner.post(HERE, {"code": others_code(session)})

    assert answer.status_code == 422
    assert "can tick your name on the list" in answer.text


def test_tablet_goes_on_to_the_next_person(session, learner):
    learner.post(HERE, {"code": session.code})

    answer = learner.post(reverse("training:here-next"), {"code": session.code})
    page = learner.get(answer.headers["Location"])

    assert answer.headers["Location"] == reverse(
        "training:here-code", args=[session.code]
    )
    assert "pin" in page.context["form"].fields
    assert learner.get(reverse("training:modules")).status_code == 302


def test_page_of_somebody_else_on_the_list_is_not_there(session, learner):
    done = reverse("training:here-done", args=[session.key])

    assert learner.get(done).status_code == 404
    assert Client().get(done).status_code == 302


def test_closed_session_leads_to_the_certificate(session, learner, officer):
    learner.post(HERE, {"code": session.code})
    close_session(session=session, actor=officer, now=timezone.now())

    page = learner.get(reverse("training:here-done", args=[session.key]))

    certificate = Attendance.objects.get().completion.certificate_code
    address = reverse("training:certificate", args=[certificate])
    assert address in page.text
    own = learner.get(address)
    assert own.status_code == 200
    assert "At a session on" in own.text
    modules = learner.get(reverse("training:modules"))
    assert modules.context["cards"][0].is_valid


def test_first_page_leads_people_at_a_session_on(learner):
    assert HERE in Client().get(reverse("training:sign-in")).text
    assert HERE in learner.get(reverse("training:modules")).text
