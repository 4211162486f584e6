"""A chain with two regions, and one house of its own beside it."""

from typing import NamedTuple

import pytest

from core.models import Area
from partners.register.models import Organisation, Premises, Region
from tests.factories.register import (
    OrganisationFactory,
    PremisesFactory,
    RegionFactory,
)


class Chain(NamedTuple):
    organisation: Organisation
    north: Region
    south: Region
    # Two houses in the north, one in the south, one in no region.
    houses: list[Premises]


@pytest.fixture
def chain(area: Area) -> Chain:
    organisation = OrganisationFactory.create(name="Lantern Hotels")
    north, south = (
        RegionFactory.create(organisation=organisation, name=name)
        for name in ("North", "South")
    )
    houses = [
        PremisesFactory.create(
            organisation=organisation, region=region, area=area, name=f"House {name}"
        )
        for name, region in (("A", north), ("B", north), ("C", south), ("D", None))
    ]
    return Chain(organisation, north, south, houses)
