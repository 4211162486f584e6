import pytest
from django.urls import reverse

from accounts.enums import Role
from partners.register.enums import LoadState, NotCounted, PlaceState
from partners.register.models import AreaPlace
from tests.factories.accounts import UserFactory
from tests.factories.area_places import AreaPlaceFactory
from tests.factories.core import AreaFactory
from tests.factories.register import PremisesFactory
from tests.partners.register.opendata.knowing import THREE, flashes, names

pytestmark = pytest.mark.django_db

LIST = "/cms/premises-in-area/"
LISTS = "/cms/premises-in-area/lists/"


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_query_count(
    item_count, source, area, officer_client, django_assert_num_queries
):
    for _number in range(item_count):
        premises = PremisesFactory.create(area=area)
        AreaPlaceFactory.create(source=source, premises=premises)
    officer_client.get(LIST)

    with django_assert_num_queries(18):
        response = officer_client.get(LIST)

    assert len(names(response)) == item_count


def test_list_shows_the_figures_and_the_officers_areas_only(
    source, area, officer_client
):
    premises = PremisesFactory.create(area=area)
    AreaPlaceFactory.create(source=source, name="Ours", premises=premises)
    AreaPlaceFactory.create_batch(2, source=source, not_counted=NotCounted.CLOSED)
    AreaPlaceFactory.create(source=source, name="Asked")
    AreaPlaceFactory.create(name="Theirs")

    response = officer_client.get(LIST)

    assert "Theirs" not in response.text
    (line,) = response.context["sign_up"]
    assert (line.places, line.taking_part, line.percent) == (2, 1, 50)
    assert "1 (50 %)" in " ".join(response.text.split())


@pytest.mark.parametrize(
    ("query", "found"),
    (
        ("state=not-invited", ["Asked", "Far"]),
        ("state=taking-part", ["Ours"]),
        ("state=not-counted", ["Pub"]),
        ("business_type=7843", ["Pub"]),
        ("district=zz7", ["Far"]),
        ("q=zz7", ["Far"]),
        ("q=far&state=taking-part", []),
        ("ordering=-name", ["Pub", "Ours", "Far", "Asked"]),
        ("ordering=state", ["Pub", "Asked", "Far", "Ours"]),
    ),
)
def test_list_filters_and_sorts(source, area, officer_client, query, found):
    premises = PremisesFactory.create(area=area)
    AreaPlaceFactory.create(source=source, name="Ours", premises=premises)
    AreaPlaceFactory.create(source=source, name="Asked")
    AreaPlaceFactory.create(source=source, name="Far", postcode="ZZ7 1AA")
    AreaPlaceFactory.create(
        source=source,
        name="Pub",
        business_type=7843,
        not_counted=NotCounted.OTHER_KIND,
    )

    response = officer_client.get(f"{LIST}?{query}")

    if "ordering" not in query:
        assert sorted(names(response)) == found
    else:
        assert names(response)[0] == found[0]
        assert names(response)[-1] == found[-1]


def test_list_without_a_business_says_how_to_begin(officer_client):
    response = officer_client.get(LIST)

    assert "No list has been loaded yet." in response.text
    assert response.context["sign_up"] == []


def test_list_that_finds_nothing_says_so(source, officer_client):
    AreaPlaceFactory.create(source=source)

    response = officer_client.get(f"{LIST}?q=nonsuch")

    assert "No business like that in your areas." in response.text


def test_export_runs_nothing(source, officer_client):
    AreaPlaceFactory.create(source=source, name="=HYPERLINK(1)", town="@Ashbeck")

    response = officer_client.get(f"{LIST}?export=csv")

    lines = b"".join(response.streaming_content).decode().splitlines()
    assert lines[0].startswith("Business,Kind,Street,Town,Postcode,Area,State")
    assert lines[1].startswith("'=HYPERLINK(1),")
    assert ",'@Ashbeck," in lines[1]
    assert ",Not invited yet," in lines[1]


def test_all_that_is_shown_is_noted_as_invited(source, officer_client):
    near = AreaPlaceFactory.create(source=source, name="Near")
    AreaPlaceFactory.create(source=source, name="Far", postcode="ZZ7 1AA")
    AreaPlaceFactory.create(name="Near")
    shown = officer_client.get(f"{LIST}?state=not-invited&q=near")

    response = officer_client.post(
        f"{LIST}invited/?state=not-invited&q=near", follow=True
    )

    assert f"{LIST}invited/?state=not-invited&amp;q=near" in shown.text
    assert flashes(response) == ["1 business is noted as invited today."]
    assert list(AreaPlace.objects.unanswered()) == [near]


@pytest.mark.parametrize("query", ("", "state=invited", "state=nonsense"))
def test_inviting_all_wants_those_not_invited_to_be_shown(
    source, officer_client, query
):
    AreaPlaceFactory.create(source=source)

    officer_client.post(f"{LIST}invited/?{query}")

    assert not AreaPlace.objects.unanswered().exists()


def test_detail_offers_premises_like_it_and_ties_them(source, area, officer_client):
    business = AreaPlaceFactory.create(source=source, name="Harbour View")
    twin = PremisesFactory.create(area=area, name="The Harbour View Hotel")
    PremisesFactory.create(name="Harbour View")
    path = f"{LIST}{business.pk}/"

    shown = officer_client.get(path)
    officer_client.post(f"{path}link/", {"premises": twin.key})
    tied = officer_client.get(path)

    assert shown.context["likely"] == [twin]
    assert f"/cms/premises/{twin.key}/" in tied.text
    business.refresh_from_db()
    assert business.premises == twin


def test_detail_refuses_premises_of_another_area(source, officer_client):
    business = AreaPlaceFactory.create(source=source)
    stranger = PremisesFactory.create()

    response = officer_client.post(
        f"{LIST}{business.pk}/link/", {"premises": stranger.key}
    )

    assert response.status_code == 422
    assert flashes(response) == ["Choose premises of your areas."]


@pytest.mark.parametrize(
    ("act", "answers", "state"),
    (
        ("invited", {}, PlaceState.INVITED),
        ("declined", {}, PlaceState.SAID_NO),
        ("leave-out", {"reason": "closed"}, PlaceState.NOT_COUNTED),
        ("take-back", {}, PlaceState.NOT_INVITED),
        ("count", {}, PlaceState.NOT_INVITED),
        ("unlink", {}, PlaceState.NOT_INVITED),
    ),
)
def test_officer_notes_one_thing(source, officer_client, act, answers, state):
    business = AreaPlaceFactory.create(source=source)

    response = officer_client.post(f"{LIST}{business.pk}/{act}/", answers, follow=True)

    assert response.redirect_chain == [(f"{LIST}{business.pk}/", 302)]
    assert response.context["place"].state == state


@pytest.mark.parametrize("answers", ({}, {"reason": "nonsense"}))
def test_leaving_out_wants_a_reason(source, officer_client, answers):
    business = AreaPlaceFactory.create(source=source)

    response = officer_client.post(f"{LIST}{business.pk}/leave-out/", answers)

    business.refresh_from_db()
    assert response.status_code == 422
    assert business.not_counted == ""


def test_add_premises_is_offered_with_what_is_known(source, officer_client):
    business = AreaPlaceFactory.create(source=source, name="Röd & Lamp")

    address = officer_client.get(f"{LIST}{business.pk}/").context["add_address"]

    known = "?name=R%C3%B6d+%26+Lamp&street=7+Quay+Street&town=Ashbeck"
    assert address in {"", f"/cms/premises/add/{known}&postcode=ZZ1+3ZZ&kind=hotel"}


@pytest.mark.parametrize(
    ("role", "status"),
    ((Role.EDITOR, 302), (Role.TESTER, 403), (Role.MANAGER, 403), (Role.BOARD, 403)),
)
@pytest.mark.parametrize("path", (LIST, LISTS))
def test_pages_are_closed_to_others(area, client_of, role, status, path):
    person = UserFactory.create(roles=[role], areas=[area])

    assert client_of(person).get(path).status_code == status


def test_pages_ask_strangers_to_sign_in(client):
    response = client.get(LIST)

    assert response.url == f"{reverse('account_login')}?next={LIST}"


def test_what_belongs_to_another_area_is_not_there(apply, client_of, hand_over, source):
    apply(THREE)
    load = hand_over(THREE)
    stranger = client_of(
        UserFactory.create(roles=[Role.OFFICER], areas=[AreaFactory.create()])
    )
    business = AreaPlace.objects.get(scheme_id=11)
    statuses = {
        *(stranger.get(path).status_code for path in paths_to_read(business, load)),
        *(stranger.post(path).status_code for path in paths_to_act(business, load)),
    }

    assert statuses == {404}
    assert names(stranger.get(LIST)) == []
    assert list(stranger.get(LISTS).context["page_obj"]) == []
    load.refresh_from_db()
    assert load.state == LoadState.PREVIEW


def paths_to_read(business, load):
    yield f"{LIST}{business.pk}/"
    yield f"{LISTS}{load.source_id}/load/"
    yield f"{LIST}loads/{load.key}/"


def paths_to_act(business, load):
    for act in ("link", "unlink", "leave-out", "count", "invited", "declined"):
        yield f"{LIST}{business.pk}/{act}/"
    for act in ("answer", "resume", "discard"):
        yield f"{LIST}loads/{load.key}/{act}/"


def test_act_that_does_not_exist_is_not_there(source, officer_client):
    business = AreaPlaceFactory.create(source=source)

    response = officer_client.post(f"{LIST}{business.pk}/delete/")

    assert response.status_code == 404
