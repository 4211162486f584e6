from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.partners.training.conftest import print_slip
from tests.partners.training.test_journey import MODULE, text_of


def rest(client, minutes):
    session = client.session
    seen = timezone.now() - timedelta(minutes=minutes)
    session["learner"] = {**session["learner"], "seen": seen.isoformat()}
    session.save()


@pytest.mark.parametrize(
    "path", ("/train/modules/", MODULE, f"{MODULE}lessons/1/", "/train/results/1/")
)
@pytest.mark.django_db
def test_pages_of_learners_ask_for_a_slip(path):
    assert Client().get(path).headers["Location"] == "/train/"


def test_half_an_hour_of_rest_signs_out(learner):
    rest(learner, 31)

    asked = learner.get("/train/modules/", follow=True)

    assert asked.redirect_chain == [("/train/", 302)]
    assert "You were signed out after a while." in text_of(asked)


def test_page_that_nobody_touches_clears_itself_without_script(learner):
    shown = learner.get("/train/modules/")

    # Five seconds after the half hour, so that the session is over by then.
    assert shown.headers["Refresh"] == "1805; url=/train/modules/"
    assert "Refresh" not in learner.get("/train/").headers


def test_shorter_rest_does_not_and_begins_anew(learner):
    rest(learner, 29)
    assert learner.get("/train/modules/").status_code == 200
    before = timezone.now() - timedelta(minutes=1)

    assert learner.session["learner"]["seen"] > before.isoformat()


def test_signing_out_leaves_nothing_behind(learner):
    left = learner.post("/train/sign-out/")

    assert "You are signed out" in text_of(left)
    assert dict(learner.session) == {}
    assert learner.get("/train/modules/").url == "/train/"


def test_new_slip_ends_the_session_begun_with_the_old(desk, learner):
    print_slip(desk, timezone.now())

    assert learner.get("/train/modules/").url == "/train/"


def test_learner_and_account_stay_apart(desk, client_of):
    printed = print_slip(desk, timezone.now())
    client = client_of(desk.manager)
    client.post(
        "/train/",
        {
            "staff_code": printed.staff_code,
            "personal_code": printed.code,
            "pin": printed.pin,
        },
    )
    learning = client.get("/train/modules/")
    client.post("/train/sign-out/")

    assert "Hello Ana Kowalska" in text_of(learning)
    assert client.session["_auth_user_id"] == str(desk.manager.pk)
    assert "learner" not in client.session


def test_pages_of_learners_are_never_stored(learner):
    assert learner.get("/train/modules/").headers["Cache-Control"] == (
        "private, no-store"
    )
