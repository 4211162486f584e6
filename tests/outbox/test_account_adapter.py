from django.core import mail
from django.urls import reverse

from outbox.models import Message
from tests.factories.accounts import UserFactory


def test_password_reset_goes_through_the_outbox(client, db, run_jobs):
    user = UserFactory.create()

    client.post(reverse("account_reset_password"), {"email": user.email})
    run_jobs()

    message = Message.objects.get(recipient=user)
    assert (message.template, message.is_secret) == ("password_reset_key", True)
    assert message.body == ""
    assert [sent.to for sent in mail.outbox] == [[user.email]]


def test_nobody_signs_up_alone(client, db):
    response = client.get(reverse("account_signup"))

    assert response.templates[0].name == "account/signup_closed.html"
