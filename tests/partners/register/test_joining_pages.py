from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.register.enums import JoinState
from partners.register.models import JoinRequest
from partners.register.services import confirmation_link
from tests.factories.register import JoinRequestFactory
from tests.partners.register.proving import proof

pytestmark = pytest.mark.django_db

JOIN = "/partners/join/"


@pytest.fixture
def answers(area):
    challenge, answer = proof(timezone.now())
    return {
        "challenge": challenge,
        "answer": answer,
        "premises_name": "Harbour View",
        "kind": "hotel",
        "street": "2 Quay Street",
        "town": "Ashbeck",
        "postcode": "zz12zz",
        "area": area.pk,
        "contact_name": "Ana Novak",
        "email": "ana@hotel.example",
        "phone": "",
    }


def path_of(request):
    return "/partners/" + confirmation_link(request).partition("/partners/")[2]


def test_join_takes_a_request_and_says_what_happens_next(client, answers):
    response = client.post(JOIN, answers, follow=True)

    request = JoinRequest.objects.get()
    assert response.redirect_chain == [(reverse("register:join-sent"), 302)]
    assert (request.postcode, request.area_id) == ("ZZ1 2ZZ", answers["area"])
    assert "An officer of your area looks at your request" in response.text


def test_join_keeps_what_was_typed_when_something_is_missing(client, answers):
    response = client.post(JOIN, {**answers, "postcode": "Ashbeck", "email": ""})

    form = response.context["form"]
    assert response.status_code == 422
    assert form.errors == {
        "postcode": ["Enter a full postcode, like AB12 3CD."],
        "email": ["This field is required."],
    }
    assert form["premises_name"].value() == "Harbour View"
    assert 'value="Harbour View"' in response.text
    assert JoinRequest.objects.count() == 0


def test_join_tells_a_robot_nothing_and_stores_nothing(client, answers):
    response = client.post(JOIN, {**answers, "website": "https://spam.example"})

    assert response.url == reverse("register:join-sent")
    assert JoinRequest.objects.count() == 0


def test_join_says_when_there_are_too_many_requests(client, answers):
    JoinRequestFactory.create_batch(5, email="ana@hotel.example")

    response = client.post(JOIN, answers)

    assert response.status_code == 429
    assert "We have had too many requests" in response.text
    assert JoinRequest.objects.count() == 5


def test_join_confirm_changes_nothing_until_the_button_is_pressed(client):
    request = JoinRequestFactory.create(state=JoinState.UNCONFIRMED)

    response = client.get(path_of(request))

    request.refresh_from_db()
    assert request.state == JoinState.UNCONFIRMED
    assert "Yes, this is my address" in response.text


def test_join_confirm_is_friendly_the_second_time(client):
    request = JoinRequestFactory.create(state=JoinState.UNCONFIRMED)

    first = client.post(path_of(request))
    second = client.post(path_of(request))
    third = client.get(path_of(request))

    request.refresh_from_db()
    assert request.state == JoinState.WAITING
    assert [page.status_code for page in (first, second, third)] == [200] * 3
    assert "Thank you, your address is confirmed" in third.text


def test_join_confirm_after_the_decision_says_so(client):
    request = JoinRequestFactory.create(
        state=JoinState.DECLINED, decline_reason="Outside the county"
    )

    response = client.get(path_of(request))

    assert "An officer has already decided" in response.text


@pytest.mark.parametrize("end", ("x", "/more"))
def test_join_confirm_of_an_unknown_link_is_a_clear_404(client, end):
    request = JoinRequestFactory.create(state=JoinState.UNCONFIRMED)

    response = client.get(path_of(request).rstrip("/") + end + "/")

    assert response.status_code == 404


def test_join_confirm_of_a_cut_link_says_what_to_do(client):
    response = client.get("/partners/join/confirm/nonsense/")

    assert response.status_code == 404
    assert "This link does not work" in response.text


def test_join_confirm_of_an_old_link_says_so(client):
    request = JoinRequestFactory.create(
        state=JoinState.UNCONFIRMED,
        asked_at=timezone.now() - timedelta(days=8),
    )

    response = client.post(path_of(request))

    assert response.status_code == 410
    assert "more than 7 days old" in response.text
