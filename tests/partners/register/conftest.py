"""A chain with two regions and a house of its own; a manager and a list to import."""

from typing import NamedTuple

import pytest

from core.models import Area
from partners.register.models import Organisation, Premises, Region
from partners.register.services import (
    apply_import,
    confirm_columns,
    stage_import,
    start_import,
)
from tests.factories.register import (
    ManagerLinkFactory,
    OrganisationFactory,
    PremisesFactory,
    RegionFactory,
)
from tests.partners.register.spreadsheets.files import as_csv

HEADINGS = ["Name", "Role", "Start date"]


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


@pytest.fixture
def link():
    return ManagerLinkFactory.create()


@pytest.fixture
def stage(link, now):
    def stage_rows(rows, headings=HEADINGS, make=as_csv, **more):
        return stage_import(
            premises=link.premises,
            filename="staff.csv",
            content=make([headings, *rows]),
            actor=link.user,
            now=now,
            **more,
        )

    return stage_rows


@pytest.fixture
def check(link, now, stage):
    def stage_and_check(rows, headings=HEADINGS, make=as_csv, **more):
        staged = stage(rows, headings, make)
        return confirm_columns(
            staged=staged,
            fields=[column["field"] for column in staged.columns],
            is_day_first=staged.is_day_first,
            actor=link.user,
            now=now,
            **more,
        )

    return stage_and_check


@pytest.fixture
def apply(link, now):
    def start_and_apply(staged, now=now):
        started = start_import(staged=staged, actor=link.user, now=now)
        return apply_import(staged=started, now=now)

    return start_and_apply
