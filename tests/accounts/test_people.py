import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.enums import Role
from accounts.models import User
from core.models import AuditEvent
from outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory


@pytest.fixture
def lead(area):
    return UserFactory.create(roles=[Role.AREA_LEAD], areas=[area])


def invite(lead, area, **changes):
    return services.invite_person(
        **{
            "email": "new@force.example",
            "name": "Nia Okoro",
            "role": Role.OFFICER,
            "areas": [area],
            "actor": lead,
            "now": timezone.now(),
        }
        | changes
    )


def test_invite_person_makes_an_account_and_sends_a_secret_link(lead, area, run_jobs):
    person = invite(lead, area)
    run_jobs()

    message = Message.objects.get(recipient=person)
    assert person.roles == {Role.OFFICER}
    assert list(person.areas.all()) == [area]
    assert (message.template, message.is_secret) == ("invitation", True)
    assert [e.verb for e in AuditEvent.objects.about(person)] == ["person.invited"]


def test_invite_person_refuses_an_area_of_others(lead, area):
    with pytest.raises(services.AccountsError, match="your own areas"):
        invite(lead, AreaFactory.create())


def test_invite_person_refuses_to_make_another_lead(lead, area):
    with pytest.raises(services.AccountsError, match="cannot give this role"):
        invite(lead, area, role=Role.AREA_LEAD)


def test_invite_person_refuses_a_known_address_in_any_case(lead, area):
    UserFactory.create(email="new@force.example")

    with pytest.raises(services.AccountsError, match="already an account"):
        invite(lead, area, email="NEW@force.example")


def test_invite_person_refuses_an_officer(officer, area):
    with pytest.raises(services.AccountsError, match="Only an area lead"):
        invite(officer, area)


def test_invite_person_makes_a_safeguarding_lead_who_needs_a_second_factor(lead, area):
    person = invite(lead, area, role=Role.SAFEGUARDING_LEAD)

    assert person.roles == {"safeguarding-lead"}
    assert person.needs_second_factor


def test_invite_form_offers_each_role_of_the_staff(lead, client_of):
    response = client_of(lead).get(reverse("people:person-invite"))

    offered = [value for value, _ in response.context["form"].fields["role"].choices]
    assert offered == ["officer", "safeguarding-lead", "editor", "tester", "board"]


def test_deactivate_person_ends_the_open_session(lead, area, client_of):
    person = UserFactory.create(roles=[Role.EDITOR], areas=[area])
    client = client_of(person)
    assert client.get("/accounts/home/").status_code == 302

    services.deactivate_person(user=person, actor=lead)

    response = client.get("/accounts/home/")
    person.refresh_from_db()
    assert not person.is_active
    assert response.url.startswith(reverse("account_login"))


def test_deactivate_person_refuses_somebody_of_another_area(lead):
    stranger = UserFactory.create(roles=[Role.OFFICER], areas=[AreaFactory.create()])

    with pytest.raises(services.AccountsError, match="does not work in your areas"):
        services.deactivate_person(user=stranger, actor=lead)

    assert User.objects.get(pk=stranger.pk).is_active


def test_deactivate_person_refuses_somebody_who_also_works_elsewhere(lead, area):
    shared = UserFactory.create(
        roles=[Role.OFFICER], areas=[area, AreaFactory.create()]
    )

    with pytest.raises(services.AccountsError, match="does not work in your areas"):
        services.deactivate_person(user=shared, actor=lead)


def test_reset_second_factor_sends_the_person_to_set_up_a_new_one(
    lead, officer, client_of
):
    services.reset_second_factor(user=officer, actor=lead)

    response = client_of(officer).get("/cms/")

    assert response.url == reverse("mfa_activate_totp")


@pytest.mark.parametrize("item_count", (1, 3))
def test_person_list_query_count(
    item_count, lead, area, client_of, django_assert_num_queries
):
    UserFactory.create_batch(item_count, roles=[Role.OFFICER], areas=[area])
    client = client_of(lead)
    client.get(reverse("people:person-list"))

    with django_assert_num_queries(16):
        response = client.get(reverse("people:person-list"))

    assert len(response.context["rows"]) == item_count


def test_person_list_is_closed_to_officers(officer, client_of):
    response = client_of(officer).get(reverse("people:person-list"))

    assert response.status_code == 302


def test_person_invite_keeps_what_was_typed_when_refused(lead, area, client_of):
    UserFactory.create(email="known@force.example")

    response = client_of(lead).post(
        reverse("people:person-invite"),
        {
            "name": "Nia Okoro",
            "email": "known@force.example",
            "role": Role.OFFICER,
            "areas": [area.pk],
        },
    )

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "__all__": ["There is already an account with this address."]
    }
    assert response.context["form"]["name"].value() == "Nia Okoro"
