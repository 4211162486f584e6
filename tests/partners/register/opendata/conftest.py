from collections.abc import Iterator

import pytest
from pytest_django import Settings

from partners.register import services
from partners.register.enums import LoadOrigin
from partners.register.models import PlaceLoad, PlaceSource
from tests.factories.area_places import PlaceSourceFactory
from tests.partners.register.opendata.lists import AUTHORITY, LODGING, as_xml
from tests.partners.register.opendata.server import FoodService, running


@pytest.fixture
def food_service(settings: Settings) -> Iterator[FoodService]:
    """Return a local server that speaks as the open data does."""
    with running(FoodService()) as service:
        settings.OPEN_DATA_API = service.address
        settings.OPEN_DATA_FILES = f"{service.address}/api/open-data-files/"
        yield service


@pytest.fixture
def source(area) -> PlaceSource:
    return PlaceSourceFactory.create(
        area=area, authority_code=AUTHORITY, authority_name="Ashbeck"
    )


@pytest.fixture
def hand_over(source, officer, now):
    """Return a function that hands over a list of places and has it compared."""

    def start(places, *, types=(LODGING,)) -> PlaceLoad:
        load = services.start_load_from_file(
            source=source,
            content=as_xml(places),
            business_types=types,
            actor=officer,
            now=now,
        )
        return services.read_load(load=load)

    return start


@pytest.fixture
def apply(hand_over, officer, now):
    """Return a function that hands over a list of places and applies it."""

    def do(places, **changes) -> PlaceLoad:
        load = hand_over(places, **changes)
        load = services.confirm_load(load=load, actor=officer, now=now)
        return services.apply_load(load=load)

    return do


@pytest.fixture
def start(source, officer, now):
    """Return a function that has the service asked; nothing is read yet."""

    def ask(*, origin=LoadOrigin.SERVICE, types=(LODGING,)) -> PlaceLoad:
        return services.start_load(
            source=source, origin=origin, business_types=types, actor=officer, now=now
        )

    return ask


@pytest.fixture
def officer_client(officer, client_of):
    return client_of(officer)
