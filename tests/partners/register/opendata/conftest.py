from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.partners.register.opendata.server import FoodService, running


@pytest.fixture
def food_service(settings: Settings) -> Iterator[FoodService]:
    """Return a local server that speaks as the open data does."""
    with running(FoodService()) as service:
        settings.OPEN_DATA_API = service.address
        settings.OPEN_DATA_FILES = f"{service.address}/api/open-data-files/"
        yield service
