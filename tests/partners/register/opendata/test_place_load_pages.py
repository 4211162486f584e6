import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partners.register import services
from partners.register.enums import LoadState
from partners.register.models import AreaPlace, PlaceLoad, PlaceSource
from partners.register.opendata import MAX_BYTES
from tests.factories.area_places import AreaPlaceFactory, PlaceSourceFactory
from tests.factories.core import AreaFactory
from tests.factories.register import PremisesFactory
from tests.partners.register.opendata.knowing import THREE, flashes
from tests.partners.register.opendata.lists import LODGING, as_xml, place

pytestmark = pytest.mark.django_db

LIST = "/cms/premises-in-area/"
LISTS = "/cms/premises-in-area/lists/"


@pytest.mark.parametrize("item_count", (1, 3))
def test_source_list_query_count(
    item_count, area, officer_client, officer, now, django_assert_num_queries
):
    sources = PlaceSourceFactory.create_batch(
        item_count, area=area, last_loaded_by=officer, last_loaded_at=now
    )
    for one in sources:
        AreaPlaceFactory.create_batch(2, source=one)
    officer_client.get(LISTS)

    with django_assert_num_queries(15):
        response = officer_client.get(LISTS)

    counted = [one.businesses for one in response.context["page_obj"]]
    assert counted == [2] * item_count


def test_source_is_found_by_name_and_added(food_service, area, officer_client):
    found = officer_client.get(f"{LISTS}add/?q=ashb")
    answers = {"area": area.pk, "authority_name": "Ashby", "authority_code": "902"}

    response = officer_client.post(
        f"{LISTS}add/", answers | {"authority_number": "7002"}
    )

    source = PlaceSource.objects.get()
    assert [one.name for one in found.context["found"]] == ["Ashbeck", "Ashby"]
    assert response.url == f"{LISTS}{source.pk}/load/"
    assert (source.authority_code, source.authority_number) == ("902", 7002)


def test_source_can_be_written_when_the_service_is_silent(officer_client):
    response = officer_client.get(f"{LISTS}add/?q=ash")

    assert response.status_code == 200
    assert "cannot be reached" in response.text
    assert "You can write its name and code below instead." in response.text


@pytest.mark.parametrize(
    "changes",
    (
        {"area": ""},
        {"authority_code": "../901"},
        {"authority_code": ""},
        {"authority_name": ""},
        {"authority_number": "-1"},
    ),
)
def test_source_that_is_none_is_refused(area, officer_client, changes):
    answers = {"area": area.pk, "authority_name": "Ashby", "authority_code": "902"}

    response = officer_client.post(f"{LISTS}add/", answers | changes)

    assert response.status_code == 422
    assert not PlaceSource.objects.exists()


def test_source_of_another_area_cannot_be_added(officer_client):
    other = AreaFactory.create()
    answers = {"area": other.pk, "authority_name": "Ashby", "authority_code": "902"}

    response = officer_client.post(f"{LISTS}add/", answers)

    assert response.status_code == 422
    assert not PlaceSource.objects.exists()


def test_source_that_is_there_is_refused(source, area, officer_client):
    answers = {"area": area.pk, "authority_name": "Ashby", "authority_code": "901"}

    response = officer_client.post(f"{LISTS}add/", answers)

    assert response.status_code == 422
    assert "belongs to an area already" in response.text


def hand_over_file(client, source, content, **changes):
    answers = {
        "origin": "file",
        "business_types": [LODGING],
        "list_file": SimpleUploadedFile("FHRS901en-GB.xml", content),
    }
    return client.post(f"{LISTS}{source.pk}/load/", answers | changes)


def test_officer_hands_over_a_file_looks_and_applies(
    source, area, officer_client, run_jobs
):
    lamp = PremisesFactory.create(area=area, name="The Lamp", postcode="ZZ1 1AB")

    sent = hand_over_file(officer_client, source, as_xml(THREE))
    reading = officer_client.get(sent.url)
    run_jobs()
    preview = officer_client.get(sent.url)
    row = PlaceLoad.objects.get().rows.get(scheme_id=12)
    officer_client.post(
        f"{sent.url}answer/",
        {"answers": "1", "page": "1", f"row_{row.pk}": str(lamp.pk), "apply": "1"},
    )
    applying = officer_client.get(sent.url)
    run_jobs()
    applied = officer_client.get(sent.url)

    assert reading["Refresh"] == applying["Refresh"] == "3"
    assert "Refresh" not in preview
    assert preview.context["tabs"] == [("likely", 1), ("new", 2)]
    assert (applying.context["done"], applying.context["total"]) == (0, 3)
    assert "The list was applied" in applied.text
    assert AreaPlace.objects.get(scheme_id=12).premises == lamp


def test_officer_has_the_service_asked(food_service, source, officer_client, run_jobs):
    food_service.places = THREE

    sent = officer_client.post(
        f"{LISTS}{source.pk}/load/", {"origin": "service", "business_types": [LODGING]}
    )
    run_jobs()

    assert officer_client.get(sent.url).context["tabs"] == [("new", 3)]


def test_officer_tries_again_what_stopped(
    food_service, source, officer_client, run_jobs
):
    sent = officer_client.post(
        f"{LISTS}{source.pk}/load/", {"origin": "service", "business_types": [LODGING]}
    )
    run_jobs()
    stopped = officer_client.get(sent.url)
    food_service.places = THREE

    officer_client.post(f"{sent.url}resume/")
    run_jobs()

    assert "The open data knows no such business here." in stopped.text
    assert officer_client.get(sent.url).context["tabs"] == [("new", 3)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    (
        (b"", "This file is empty."),
        (b"%PDF-1.7", "This is not a list of the food hygiene open data."),
        (b" " * (MAX_BYTES + 1), "This is larger than 25 MB."),
    ),
)
def test_file_that_is_no_list_is_refused(source, officer_client, content, sentence):
    response = hand_over_file(officer_client, source, content)

    assert response.status_code == 422
    assert sentence in response.context["form"].errors["list_file"][0]
    assert not PlaceLoad.objects.exists()


@pytest.mark.parametrize(
    "changes",
    ({"list_file": ""}, {"business_types": []}, {"business_types": ["1 or 1"]}),
)
def test_load_wants_a_file_and_a_kind(source, officer_client, changes):
    response = hand_over_file(officer_client, source, as_xml(THREE), **changes)

    assert response.status_code == 422
    assert not PlaceLoad.objects.exists()


def test_second_load_of_an_authority_is_refused(hand_over, source, officer_client):
    hand_over(THREE)

    shown = officer_client.get(f"{LISTS}{source.pk}/load/")
    response = hand_over_file(officer_client, source, as_xml(THREE))

    assert "A list of this authority is open already." in shown.text
    assert response.status_code == 422
    assert PlaceLoad.objects.count() == 1


@pytest.mark.parametrize("answer", ("999999", "nonsense", ""))
def test_answer_that_was_not_offered_is_refused(
    hand_over, area, officer_client, answer
):
    PremisesFactory.create(area=area, name="The Lamp", postcode="ZZ1 1AB")
    load = hand_over(THREE)
    row = load.rows.get(scheme_id=12)
    before = row.chosen

    response = officer_client.post(
        f"{LIST}loads/{load.key}/answer/",
        {"answers": "1", f"row_{row.pk}": answer, "apply": "1"},
    )

    load.refresh_from_db()
    row.refresh_from_db()
    assert response.status_code == 422
    assert (load.state, row.chosen) == (LoadState.PREVIEW, before)


def test_preview_is_read_page_by_page(hand_over, source, officer_client):
    load = hand_over([place(number, f"Rooms {number:03}") for number in range(1, 61)])

    second = officer_client.get(f"{LIST}loads/{load.key}/?outcome=new&page=2")
    beyond = officer_client.get(f"{LIST}loads/{load.key}/?outcome=nonsense&page=99")

    assert len(second.context["page_obj"]) == 10
    assert beyond.context["page_obj"].number == 2


@pytest.mark.parametrize("item_count", (1, 3))
def test_preview_query_count(
    item_count, hand_over, area, officer_client, django_assert_num_queries
):
    for one in THREE[:item_count]:
        PremisesFactory.create(
            area=area, name=one["BusinessName"], postcode=one["PostCode"]
        )
    load = hand_over(THREE[:item_count])
    path = f"{LIST}loads/{load.key}/"
    officer_client.get(path)

    with django_assert_num_queries(17):
        response = officer_client.get(path)

    assert len(response.context["form"].lines) == item_count


def test_preview_shows_what_something_was_called(apply, hand_over, officer_client):
    apply(THREE[:1])
    load = hand_over([place(11, "Harbour Sights")])

    response = officer_client.get(f"{LIST}loads/{load.key}/")

    assert "was: Harbour View" in response.text


def test_preview_warns_when_more_go_than_stay(source, hand_over, officer_client):
    AreaPlaceFactory.create_batch(11, source=source)
    load = hand_over(THREE)

    response = officer_client.get(f"{LIST}loads/{load.key}/")

    assert "More businesses would go than stay." in response.text


def test_load_is_discarded(hand_over, officer_client):
    load = hand_over(THREE)

    response = officer_client.post(f"{LIST}loads/{load.key}/discard/", follow=True)
    shown = officer_client.get(f"{LIST}loads/{load.key}/")

    assert flashes(response) == ["The list was discarded. Nothing has changed."]
    assert "This list was discarded" in shown.text
    assert not AreaPlace.objects.exists()


def test_confirmed_load_is_not_discarded(hand_over, officer, officer_client, now):
    load = hand_over(THREE)
    services.confirm_load(load=load, actor=officer, now=now)

    response = officer_client.post(f"{LIST}loads/{load.key}/discard/", follow=True)

    assert flashes(response) == [
        "This list has been confirmed and cannot be discarded."
    ]
