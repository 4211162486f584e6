from importlib import import_module

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from core.models import Installation
from tests.factories.accounts import UserFactory


@pytest.mark.django_db
def test_brand_css_carries_the_colours_of_the_force(client):
    Installation.objects.create(pk=1, brand="#123456", accent="#ffc928")

    response = client.get(reverse("core:brand-css"))

    assert response.text == ":root{--brand:#123456;--accent:#ffc928}"
    assert response.headers["Content-Type"] == "text/css"


def test_leave_goes_somewhere_plain_and_keeps_nothing(client):
    response = client.get(reverse("core:leave"))

    assert response.url == "https://www.bbc.co.uk/weather"
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert "no-store" in response.headers["Cache-Control"]
    assert response.cookies == {}


def test_leave_goes_where_the_installation_wants(client, settings):
    settings.LEAVE_TO = "https://www.example.org/recipes"

    assert client.get("/leave/").url == "https://www.example.org/recipes"


@pytest.fixture
def signed_in(client_of, db) -> Client:
    client: Client = client_of(UserFactory.create())
    client.cookies["csrftoken"] = "a" * 32
    client.cookies["theirs"] = "kept"
    return client


def test_leave_signs_out_whoever_is_signed_in(signed_in):
    response = signed_in.get("/leave/")

    assert Session.objects.count() == 0
    gone = {name: cookie["max-age"] for name, cookie in response.cookies.items()}
    assert gone == {"sessionid": 0, "csrftoken": 0}


@pytest.mark.django_db
def test_leave_signs_a_learner_out(client):
    store = import_module("django.contrib.sessions.backends.db").SessionStore()
    store["learner"] = {"slip": 1}
    store.create()
    client.cookies["sessionid"] = store.session_key

    client.get("/leave/")

    assert Session.objects.count() == 0


@pytest.mark.parametrize("method", ("head", "get"))
def test_leave_signs_nobody_out_for_another_site(signed_in, method):
    headers = {"sec-fetch-site": "cross-site" if method == "get" else "same-origin"}

    response = getattr(signed_in, method)("/leave/", headers=headers)

    assert response.status_code == 302
    assert response.cookies == {}
    assert Session.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", ("gone1234", '"\\000"', "x" * 5_000, ""))
def test_leave_works_with_any_cookie(client, key):
    response = client.get("/leave/", headers={"cookie": f"sessionid={key}"})

    assert response.status_code == 302


@pytest.mark.django_db
def test_health_answers(client):
    assert client.get(reverse("core:health")).text == "ok"


@pytest.mark.django_db
def test_private_page_is_not_cached_and_public_page_sends_no_referrer(client):
    private = client.get(reverse("account_login"))
    public = client.get(reverse("core:health"))

    assert "no-store" in private.headers["Cache-Control"]
    assert private.headers["Referrer-Policy"] == "same-origin"
    assert public.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.django_db
def test_public_path_has_no_session_and_no_user(rf, client):
    response = client.get("/leave/", headers={"cookie": "sessionid=abc"})

    assert not hasattr(response.wsgi_request, "session")
    assert not hasattr(response.wsgi_request, "user")
