from datetime import timedelta

import pytest

from core.models import AuditEvent
from partners.register import services
from partners.register.enums import (
    LoadOrigin,
    LoadState,
    PlaceOutcome,
)
from partners.register.models import AreaPlace, PlaceLoad, PlaceLoadRow
from partners.register.services import RegisterError
from tests.factories.area_places import AreaPlaceFactory
from tests.partners.register.opendata.knowing import THREE, outcomes, verbs
from tests.partners.register.opendata.lists import (
    LODGING,
    PUB,
    as_authorities,
    as_json_file,
    as_xml,
    place,
)
from tests.partners.register.opendata.server import (
    AUTHORITY_NUMBER,
    breaks_off,
    fails,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("origin", (LoadOrigin.SERVICE, LoadOrigin.SITE))
def test_list_is_read_by_a_job_and_compared(
    origin, food_service, source, start, run_jobs
):
    food_service.places = [*THREE, place(14, "The Anchor", BusinessTypeID=PUB)]
    food_service.largest_page = 2
    load = start(origin=origin)

    run_jobs()

    load.refresh_from_db()
    assert load.state == LoadState.PREVIEW
    assert outcomes(load) == dict.fromkeys((11, 12, 13), PlaceOutcome.NEW)
    assert load.counts == {"new": 3}
    assert verbs(load) == ["placeload.started", "placeload.read"]
    assert not AreaPlace.objects.exists()


def test_service_tells_the_number_of_the_authority_once(
    food_service, source, start, run_jobs
):
    food_service.places = THREE

    start()
    run_jobs()

    source.refresh_from_db()
    assert source.authority_number == AUTHORITY_NUMBER
    assert food_service.pages_asked == [1]


def test_each_kind_is_read(food_service, start, run_jobs):
    food_service.places = [*THREE, place(14, "The Anchor", BusinessTypeID=PUB)]
    load = start(types=(LODGING, PUB))

    run_jobs()

    assert len(outcomes(load)) == 4


def test_page_that_fails_stops_the_list_and_loses_nothing(
    food_service, source, officer, start, run_jobs
):
    source.authority_number = AUTHORITY_NUMBER
    source.save()
    food_service.places, food_service.largest_page = THREE, 1
    load = start()
    page_two = [fails(500)] * 4
    food_service.mishaps = [lambda handler: handler.say(200, handler.page(ONE))]
    food_service.mishaps += page_two

    run_jobs()
    load.refresh_from_db()
    stopped = (load.state, load.problem, load.pages_read, sorted(outcomes(load)))
    services.resume_load(load=load, actor=officer)
    run_jobs()

    load.refresh_from_db()
    sentence = "The open data service is busy or out of order (500)."
    assert stopped == (LoadState.STOPPED, sentence, 1, [11])
    assert load.state == LoadState.PREVIEW
    assert sorted(outcomes(load)) == [11, 12, 13]
    assert food_service.pages_asked == [1, 2, 2, 2, 2, 2, 3]


ONE = {
    "localAuthorityId": str(AUTHORITY_NUMBER),
    "businessTypeId": str(LODGING),
    "pageNumber": "1",
    "pageSize": "1",
}


def test_reading_killed_between_pages_is_taken_up(food_service, start, now):
    food_service.places, food_service.largest_page = THREE, 1
    load = start()
    # What a worker leaves that is killed after the first page.
    PlaceLoadRow.objects.create(
        load=load, scheme_id=11, name="Harbour View", business_type=LODGING
    )
    load.pages_read, load.pages, load.businesses = 1, 3, 3
    load.save()
    PlaceLoad.objects.update(worked_at=now)

    early = services.finish_loads(now=now + timedelta(minutes=4))
    late = services.finish_loads(now=now + timedelta(minutes=6))

    load.refresh_from_db()
    assert (early, late) == (0, 1)
    assert load.state == LoadState.PREVIEW
    assert sorted(outcomes(load)) == [11, 12, 13]
    assert food_service.pages_asked == [2, 3]


def test_list_that_changes_while_it_is_read_begins_again(
    food_service, officer, start, run_jobs
):
    food_service.places, food_service.largest_page = THREE, 2
    load = start()

    def lose_one(handler):
        handler.say(200, handler.page(ONE | {"pageSize": "2"}))
        # The first goes; the third moves to the page that was read already.
        food_service.places = THREE[1:]

    food_service.mishaps = [
        lambda handler: handler.say(200, as_authorities()),
        lose_one,
    ]
    run_jobs()
    load.refresh_from_db()
    stopped = (load.state, load.problem, load.rows.count())
    services.resume_load(load=load, actor=officer)
    run_jobs()

    load.refresh_from_db()
    assert stopped == (
        LoadState.STOPPED,
        "The list changed while we read it. Read it again.",
        0,
    )
    assert sorted(outcomes(load)) == [12, 13]


@pytest.mark.parametrize(
    ("places", "code", "sentence"),
    (
        ([], "901", "The open data knows no such business here."),
        (THREE, "999", "knows no authority with the code 999."),
        (
            [place(11, "Harbour View", LocalAuthorityCode="902")],
            "901",
            "This is the list of the authority 902, not of Ashbeck (901).",
        ),
    ),
)
def test_list_of_nobody_or_of_another_stops_and_takes_nothing(
    food_service, source, start, run_jobs, places, code, sentence
):
    AreaPlaceFactory.create(source=source)
    source.authority_code = code
    source.save()
    food_service.places = places
    load = start()

    run_jobs()

    load.refresh_from_db()
    assert load.state == LoadState.STOPPED
    assert sentence in load.problem
    assert (load.rows.count(), load.types_read) == (0, 0)


def test_stopped_list_tried_in_vain_again_still_drops_nobody(
    food_service, source, officer, start, run_jobs
):
    AreaPlaceFactory.create(source=source)
    load = start()
    run_jobs()

    services.resume_load(load=load, actor=officer)
    run_jobs()

    load.refresh_from_db()
    assert (load.state, load.counts) == (LoadState.STOPPED, {})


def test_list_is_discarded_while_it_is_read(food_service, officer, start, run_jobs):
    food_service.places = THREE
    load = start()
    services.discard_load(load=load, actor=officer)

    run_jobs()

    load.refresh_from_db()
    assert (load.state, load.rows.count()) == (LoadState.DISCARDED, 0)


def test_one_list_of_an_authority_is_open_at_a_time(start, source, officer, now):
    first = start()

    with pytest.raises(RegisterError, match="is open already"):
        start()

    services.discard_load(load=first, actor=officer)
    assert start() != first


def test_list_needs_a_kind(start):
    with pytest.raises(RegisterError, match="Choose at least one kind"):
        start(types=())


@pytest.mark.parametrize(
    ("content", "sentence"),
    (
        (b"", "This file is empty."),
        (as_xml(THREE)[:-9], "This list is damaged or breaks off."),
        (
            as_xml([place(1, "The Anchor", BusinessTypeID=PUB)]),
            "This list has 1 businesses, and none of the kinds you chose.",
        ),
        (
            as_json_file([*THREE, place(1, "Far", LocalAuthorityCode="902")]),
            "This is the list of the authority 902, not of Ashbeck (901).",
        ),
        (
            as_json_file([place(1, "Far", LocalAuthorityCode=None)]),
            "This is the list of the authority ?, not of Ashbeck (901).",
        ),
    ),
)
def test_file_that_cannot_be_taken_leaves_no_trace(
    source, officer, now, content, sentence
):
    with pytest.raises(RegisterError) as refusal:
        services.start_load_from_file(
            source=source,
            content=content,
            business_types=[LODGING],
            actor=officer,
            now=now,
        )

    assert str(refusal.value).startswith(sentence)
    assert not PlaceLoad.objects.exists()
    assert not AuditEvent.objects.exists()


def test_answer_that_breaks_off_is_asked_again(food_service, start, run_jobs):
    food_service.places = THREE
    food_service.mishaps = [breaks_off(b"{")]
    load = start()

    run_jobs()

    assert len(outcomes(load)) == 3
