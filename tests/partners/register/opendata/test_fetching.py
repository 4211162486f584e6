import gzip

import pytest
from pytest_django import Settings

from partners.register.opendata import (
    MAX_BYTES,
    Authority,
    OpenDataError,
    OpenDataService,
    fetching,
)
from tests.partners.register.opendata.lists import (
    AUTHORITY,
    LODGING,
    PUB,
    as_answer,
    as_xml,
    place,
)
from tests.partners.register.opendata.server import (
    AUTHORITY_NUMBER,
    FILE,
    breaks_off,
    fails,
    leads_to,
    says,
)

BUSY = "The open data service is busy or out of order (503)."
BROKE_OFF = "The open data service cannot be reached, or its answer broke off."
ELSEWHERE = "The open data service sent us to another machine. Nothing was read."
ODD = "The open data service answered in a way we do not understand."


@pytest.fixture
def food_service(food_service):
    food_service.places = [
        place(11, "Harbour View"),
        place(12, "The Lamp"),
        place(13, "Old Mill"),
        place(14, "The Anchor", BusinessTypeID=PUB),
    ]
    return food_service


def page(number=1, *, authority=AUTHORITY_NUMBER):
    with OpenDataService() as service:
        return service.page(authority=authority, business_type=LODGING, number=number)


def names(entries):
    return [entry.name for entry in entries]


def test_service_is_asked_page_by_page_for_one_kind(food_service):
    food_service.largest_page = 2

    first, second = page(1), page(2)

    assert names(first.entries) == ["Harbour View", "The Lamp"]
    assert names(second.entries) == ["Old Mill"]
    assert (first.pages, first.businesses, first.unreadable) == (2, 3, 0)
    assert food_service.asked[1] == (
        "/Establishments",
        {
            "localAuthorityId": str(AUTHORITY_NUMBER),
            "businessTypeId": str(LODGING),
            "pageNumber": "2",
            "pageSize": "200",
        },
    )


def test_service_names_its_authorities_and_no_countries(food_service):
    with OpenDataService() as service:
        authorities = service.authorities()

    assert authorities == [
        Authority(7001, "901", "Ashbeck"),
        Authority(7002, "902", "Ashby"),
        Authority(7003, "903", "Northmoor"),
    ]


def test_service_gives_the_whole_list_as_a_file(food_service):
    with OpenDataService() as service:
        extract = service.whole_list(AUTHORITY)

    assert names(extract.entries) == [*names(page().entries), "The Anchor"]
    assert food_service.asked[0][0] == FILE


def test_service_refuses_another_version_and_we_say_so(food_service, monkeypatch):
    monkeypatch.setitem(fetching.VERSION, "x-api-version", "1")

    with pytest.raises(OpenDataError, match=r"does not know what we ask for \(404\)"):
        page()

    assert len(food_service.asked) == 1


@pytest.mark.parametrize(
    "mishaps",
    (
        [fails(500)],
        [fails(429, Retry_After="0"), fails(503, Retry_After="soon"), fails(502)],
        [breaks_off(as_answer([place(11, "Harbour View")]))],
        [lambda handler: handler.connection.close()],
    ),
    ids=("500", "busy", "broken off", "hung up"),
)
def test_service_is_asked_again_after_what_may_pass(food_service, mishaps):
    food_service.mishaps = [*mishaps]

    assert len(page().entries) == 3
    assert len(food_service.asked) == len(mishaps) + 1


@pytest.mark.parametrize(
    ("mishap", "sentence", "asked"),
    (
        (fails(503), BUSY, 4),
        (breaks_off(b"{"), BROKE_OFF, 4),
        (fails(403), "The open data service does not know what we ask for (403).", 1),
        (leads_to("https://elsewhere.example/"), ELSEWHERE, 1),
        (leads_to("http://127.0.0.1:1/"), ELSEWHERE, 1),
        (leads_to("file:///etc/passwd"), ELSEWHERE, 1),
        (leads_to("http://[::1/"), ELSEWHERE, 1),
        (leads_to("/Establishments"), ELSEWHERE, 4),
        (says(as_answer([])[:-20]), "This list is damaged or breaks off.", 1),
        (says(b"<html>Sign in</html>"), "This list is damaged or breaks off.", 1),
        (says(b"[]"), ODD, 1),
        (says(b'{"establishments": {}, "meta": {}}'), ODD, 1),
        (says(b'{"establishments": [], "meta": {"totalPages": "1"}}'), ODD, 1),
        (
            says(
                b'{"establishments": [], "meta": {"totalPages": 9999999, '
                b'"totalCount": 3}}'
            ),
            ODD,
            1,
        ),
        (says(b"{}" + b" " * MAX_BYTES), "This is larger than 25 MB.", 1),
    ),
    ids=(
        *("busy", "broken off", "forbidden", "elsewhere", "other port", "file"),
        *("no address", "circle", "cut json", "html", "list", "shapes", "words"),
        *("too many pages", "too large"),
    ),
)
def test_service_that_goes_on_like_that_is_given_up(
    food_service, mishap, sentence, asked
):
    food_service.mishaps = [mishap] * 4

    with pytest.raises(OpenDataError) as refusal:
        page()

    assert str(refusal.value).startswith(sentence)
    assert len(food_service.asked) == asked


def test_service_may_send_us_on_within_its_own_machines(food_service):
    food_service.mishaps = [leads_to(FILE)]

    with OpenDataService() as service:
        extract = service.whole_list("older")

    assert len(extract.entries) == 4


def test_answer_that_swells_when_unpacked_is_stopped(food_service):
    packed = gzip.compress(b" " * (MAX_BYTES + 1))
    food_service.mishaps = [
        lambda handler: handler.say(200, packed, headers={"Content-Encoding": "gzip"})
    ]

    with pytest.raises(OpenDataError, match="This is larger than 25 MB"):
        page()


def test_answer_that_only_drips_is_given_up(food_service, settings: Settings):
    settings.OPEN_DATA_PATIENCE = 0.0

    with pytest.raises(OpenDataError, match="did not answer in time"):
        page()

    assert len(food_service.asked) == 4


def test_service_that_is_not_public_hears_no_word(food_service, settings: Settings):
    settings.OPEN_DATA_LOOPBACK = False

    with pytest.raises(OpenDataError, match="sent us to another machine"):
        page()

    assert food_service.asked == []


def test_service_that_nobody_runs_is_told_in_a_sentence():
    with pytest.raises(OpenDataError, match="cannot be reached"):
        page()


def test_pages_are_asked_for_with_a_pause_between(food_service, settings: Settings):
    # No pause can be made: what makes one fails.
    settings.OPEN_DATA_PAUSE = None

    page(1)

    with pytest.raises(TypeError):
        page(2)


def test_list_in_the_file_may_be_damaged(food_service):
    food_service.mishaps = [says(as_xml(food_service.places)[:-5])]

    with OpenDataService() as service, pytest.raises(OpenDataError, match="breaks off"):
        service.whole_list(AUTHORITY)
