import pytest
from django.urls import reverse

from accounts.enums import Role
from partners.register.enums import JoinState, PremisesState
from partners.register.models import JoinRequest, Premises
from tests.factories.accounts import UserFactory
from tests.factories.register import (
    JoinRequestFactory,
    ManagerLinkFactory,
    PremisesFactory,
    SpellFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/cms/requests/"


@pytest.fixture
def officer_client(officer, client_of):
    return client_of(officer)


def names(response):
    return [str(row) for row in response.context["page_obj"]]


@pytest.mark.parametrize("item_count", (1, 3))
def test_request_list_query_count(
    item_count, area, officer_client, django_assert_num_queries
):
    JoinRequestFactory.create_batch(item_count, area=area)
    officer_client.get(LIST)

    with django_assert_num_queries(14):
        response = officer_client.get(LIST)

    assert len(names(response)) == item_count


def test_request_list_shows_the_officers_areas_only(area, officer_client):
    JoinRequestFactory.create(area=area, premises_name="Ours")
    JoinRequestFactory.create(premises_name="Theirs")

    response = officer_client.get(LIST)

    assert names(response) == ["Ours"]


@pytest.mark.parametrize(
    ("query", "found"),
    (
        ("state=waiting", ["Harbour View"]),
        ("state=declined", ["Old Mill"]),
        ("q=harbour", ["Harbour View"]),
        ("q=zz9", ["Old Mill"]),
        ("state=nonsense", ["Old Mill", "Harbour View"]),
    ),
)
def test_request_list_filters(area, officer_client, now, query, found):
    JoinRequestFactory.create(area=area, premises_name="Harbour View", asked_at=now)
    JoinRequestFactory.create(
        area=area, premises_name="Old Mill", state=JoinState.DECLINED, postcode="ZZ9 1A"
    )

    response = officer_client.get(f"{LIST}?{query}")

    assert sorted(names(response)) == sorted(found)


@pytest.mark.parametrize(
    ("role", "status"),
    # An editor has other work in the admin and is sent back to its first page.
    ((Role.EDITOR, 302), (Role.TESTER, 403), (Role.MANAGER, 403), (Role.BOARD, 403)),
)
@pytest.mark.parametrize("path", ("requests/", "premises/"))
def test_officer_pages_are_closed_to_others(area, client_of, role, status, path):
    person = UserFactory.create(roles=[role], areas=[area])

    response = client_of(person).get(f"/cms/{path}")

    assert response.status_code == status


def test_officer_pages_ask_strangers_to_sign_in(client):
    response = client.get(LIST)

    assert response.url == f"{reverse('account_login')}?next={LIST}"


@pytest.mark.parametrize("act", ("", "approve/", "decline/"))
def test_request_of_another_area_is_not_there(officer_client, act):
    other = JoinRequestFactory.create()
    method = officer_client.post if act else officer_client.get

    there = method(f"{LIST}{other.key}/{act}", {"decision": "new", "reason": "No"})
    nowhere = method(f"{LIST}nonsuch/{act}", {"decision": "new", "reason": "No"})

    other.refresh_from_db()
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.text == nowhere.text
    assert other.state == JoinState.WAITING


@pytest.mark.parametrize(
    "page", ("history", "copy", "usage", "export", "inspect", "delete", "edit")
)
def test_requests_have_no_other_pages(area, officer_client, page):
    wanted = JoinRequestFactory.create(area=area)

    response = officer_client.get(f"{LIST}{wanted.key}/{page}/")

    assert response.status_code == 404


def test_request_detail_shows_likely_duplicates_of_the_area(area, officer_client):
    wanted = JoinRequestFactory.create(area=area, premises_name="The Harbour View Inn")
    twin = PremisesFactory.create(
        area=area, name="Harbour View Hotel", postcode="zz1 9aa"
    )
    PremisesFactory.create(area=area, name="Station Hotel", postcode="ZZ1 2ZZ")
    PremisesFactory.create(name="Harbour View Hotel", postcode="ZZ1 9AA")
    again = JoinRequestFactory.create(area=area, premises_name="Harbour View")

    response = officer_client.get(f"{LIST}{wanted.key}/")

    assert response.context["duplicates"] == [twin]
    assert response.context["similar_requests"] == [again]


def test_request_approve_makes_premises_and_shows_them(area, officer_client):
    wanted = JoinRequestFactory.create(area=area)

    response = officer_client.post(
        f"{LIST}{wanted.key}/approve/", {"decision": "new"}, follow=True
    )

    premises = Premises.objects.get()
    assert response.redirect_chain == [(f"/cms/premises/{premises.key}/", 302)]
    assert response.context["premises"] == premises


def test_request_approve_into_known_premises(area, officer_client):
    known = PremisesFactory.create(area=area, name="Harbour View", postcode="ZZ1 2ZZ")
    wanted = JoinRequestFactory.create(area=area, premises_name="Harbour View")

    officer_client.post(f"{LIST}{wanted.key}/approve/", {"decision": known.key})

    wanted.refresh_from_db()
    assert wanted.premises == known


def test_request_approve_into_a_chain_wants_its_name(area, officer_client):
    known = PremisesFactory.create(area=area)
    wanted = JoinRequestFactory.create(area=area)
    path = f"{LIST}{wanted.key}/approve/"

    refused = officer_client.post(path, {"decision": "organisation"})
    officer_client.post(
        path, {"decision": "organisation", "organisation": known.organisation_id}
    )

    wanted.refresh_from_db()
    assert refused.status_code == 422
    assert refused.context["approve_form"].errors == {
        "organisation": ["Choose the organisation."]
    }
    assert wanted.premises
    assert wanted.premises.organisation == known.organisation


def test_request_approve_refuses_an_organisation_of_another_area(area, officer_client):
    elsewhere = PremisesFactory.create()
    wanted = JoinRequestFactory.create(area=area)

    response = officer_client.post(
        f"{LIST}{wanted.key}/approve/",
        {"decision": "organisation", "organisation": elsewhere.organisation_id},
    )

    assert response.status_code == 422
    assert JoinRequest.objects.get().state == JoinState.WAITING


def test_request_approve_twice_says_so(area, officer_client):
    wanted = JoinRequestFactory.create(area=area)
    path = f"{LIST}{wanted.key}/approve/"
    officer_client.post(path, {"decision": "new"})

    response = officer_client.post(path, {"decision": "new"})

    assert response.status_code == 422
    assert "This request has already been approved." in response.text
    assert Premises.objects.count() == 1


def test_request_decline_tells_the_business(area, officer_client):
    wanted = JoinRequestFactory.create(area=area)

    response = officer_client.post(
        f"{LIST}{wanted.key}/decline/", {"reason": "Outside our county."}
    )

    wanted.refresh_from_db()
    assert response.url == LIST
    assert wanted.state == JoinState.DECLINED


def test_request_decline_wants_a_reason(area, officer_client):
    wanted = JoinRequestFactory.create(area=area)

    response = officer_client.post(f"{LIST}{wanted.key}/decline/", {"reason": ""})

    wanted.refresh_from_db()
    assert response.status_code == 422
    assert wanted.state == JoinState.WAITING


@pytest.mark.parametrize("item_count", (1, 3))
def test_premises_list_query_count(
    item_count, area, officer_client, django_assert_num_queries
):
    for premises in PremisesFactory.create_batch(item_count, area=area):
        SpellFactory.create_batch(2, premises=premises)
    officer_client.get("/cms/premises/")

    with django_assert_num_queries(20):
        response = officer_client.get("/cms/premises/")

    assert [row.in_post for row in response.context["page_obj"]] == [2] * item_count


def test_premises_list_finds_by_words_and_state(area, officer_client):
    PremisesFactory.create(area=area, name="Old Mill", state=PremisesState.CLOSED)
    PremisesFactory.create(area=area, name="Harbour View")
    PremisesFactory.create(name="Old Mill")

    everything = officer_client.get("/cms/premises/")
    by_words = officer_client.get("/cms/premises/?q=mill")
    by_state = officer_client.get("/cms/premises/?state=active")

    assert names(everything) == ["Harbour View", "Old Mill"]
    assert names(by_words) == ["Old Mill"]
    assert names(by_state) == ["Harbour View"]


def test_premises_detail_counts_people_in_post_once(area, officer_client, now):
    premises = PremisesFactory.create(area=area)
    link = ManagerLinkFactory.create(premises=premises)
    spell = SpellFactory.create(premises=premises)
    SpellFactory.create(premises=premises, staff_member=spell.staff_member, role="bar")
    SpellFactory.create(premises=premises, voided_at=now)

    response = officer_client.get(f"/cms/premises/{premises.key}/")

    assert response.context["in_post"] == 1
    assert [manager.link for manager in response.context["managers"]] == [link]


def test_premises_of_another_area_are_not_there(officer_client):
    other = PremisesFactory.create()

    there = officer_client.get(f"/cms/premises/{other.key}/")
    nowhere = officer_client.get("/cms/premises/nonsuch/")

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.text == nowhere.text
