import pytest
from django.urls import reverse

from core.models import Installation
from core.views import LEAVE_TO


@pytest.mark.django_db
def test_brand_css_carries_the_colours_of_the_force(client):
    Installation.objects.create(pk=1, brand="#123456", accent="#ffc928")

    response = client.get(reverse("core:brand-css"))

    assert response.text == ":root{--brand:#123456;--accent:#ffc928}"
    assert response.headers["Content-Type"] == "text/css"


def test_leave_goes_somewhere_plain_and_keeps_nothing(client):
    response = client.get(reverse("core:leave"))

    assert response.url == LEAVE_TO
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert "no-store" in response.headers["Cache-Control"]
    assert response.cookies == {}


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
