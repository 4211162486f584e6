from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditEvent
from partners.register import services, tasks
from partners.register.enums import (
    LoadState,
)
from partners.register.models import AreaPlace, PlaceLoad
from partners.register.services import RegisterError, place_applying
from tests.factories.area_places import AreaPlaceFactory
from tests.factories.register import PremisesFactory
from tests.partners.register.opendata.knowing import THREE, known, told, verbs

pytestmark = pytest.mark.django_db


def test_applying_adds_changes_links_and_lets_go(
    hand_over, source, area, officer, now, run_jobs
):
    lamp = PremisesFactory.create(area=area, name="The Lamp", postcode="ZZ1 1AB")
    before = told(THREE[0]) | {"name": "Harbour", "invited_on": now.date()}
    AreaPlaceFactory.create(source=source, **before)
    AreaPlaceFactory.create(source=source, scheme_id=99, name="Gone")
    load = hand_over(THREE)

    services.confirm_load(load=load, actor=officer, now=now)
    run_jobs()

    places = {one.scheme_id: one for one in AreaPlace.objects.all()}
    assert {key: one.name for key, one in places.items()} == {
        11: "Harbour View",
        12: "The Lamp",
        13: "Old Mill",
        99: "Gone",
    }
    assert (places[12].premises, places[12].district) == (lamp, "ZZ1")
    assert places[11].invited_on == now.date()
    assert places[99].gone_on == now.date()
    load.refresh_from_db()
    source.refresh_from_db()
    assert (load.state, load.applied_at, load.rows.count()) == ("applied", now, 0)
    assert (source.last_loaded_at, source.last_loaded_by) == (now, officer)
    assert verbs(load) == [
        *("placeload.started", "placeload.read"),
        *("placeload.confirmed", "placeload.applied"),
    ]
    assert verbs(places[12]) == ["areaplace.linked"]


def test_list_loaded_again_adds_and_changes_nothing(apply, area):
    PremisesFactory.create(area=area, name="The Lamp", postcode="ZZ1 1AB")
    apply(THREE)
    before = known()

    again = apply(THREE)

    assert again.counts == {"known": 3}
    assert known() == before


def test_what_was_told_apart_stays_apart(apply, hand_over, area, officer, now):
    lamp = PremisesFactory.create(area=area, name="The Lamp", postcode="ZZ1 1AB")
    load = hand_over(THREE)
    row = load.rows.get(scheme_id=12)
    services.keep_choices(load=load, choices={row.pk: None}, actor=officer)
    services.confirm_load(load=load, actor=officer, now=now)
    services.apply_load(load=load)

    again = apply(THREE)

    assert again.counts == {"known": 3}
    assert list(AreaPlace.objects.get(scheme_id=12).told_apart.all()) == [lamp]


def test_premises_tied_by_hand_meanwhile_stay_tied(hand_over, area, officer, now):
    lamp = PremisesFactory.create(area=area, name="The Lamp", postcode="ZZ1 1AB")
    load = hand_over(THREE)
    by_hand = AreaPlaceFactory.create(source__area=area, premises=lamp)

    services.confirm_load(load=load, actor=officer, now=now)
    services.apply_load(load=load)

    by_hand.refresh_from_db()
    assert by_hand.premises == lamp
    assert AreaPlace.objects.get(scheme_id=12).premises is None


@pytest.mark.parametrize("done", (0, 1, 2, 3, 4))
def test_applying_killed_anywhere_ends_the_same(
    done, hand_over, area, source, officer, now, monkeypatch
):
    """Kill the job before its part number `done` ends; then let another go on."""
    monkeypatch.setattr(place_applying, "BATCH", 1)
    PremisesFactory.create(area=area, name="The Lamp", postcode="ZZ1 1AB")
    AreaPlaceFactory.create(source=source, scheme_id=99, name="Gone")
    load = hand_over(THREE)
    services.confirm_load(load=load, actor=officer, now=now)
    with transaction.atomic():
        services.apply_load(load=load)
        undisturbed, audited = known(), AuditEvent.objects.count()
        load_undisturbed = PlaceLoad.objects.values("state", "applied_at").get()
        transaction.set_rollback(True)
    for _part in range(done):
        place_applying._apply_some(load)
    with transaction.atomic():
        place_applying._apply_some(load)
        # What the database does when the connection of a killed worker breaks.
        transaction.set_rollback(True)
    PlaceLoad.objects.update(worked_at=now)

    taken_up = services.finish_loads(now=now + timedelta(minutes=6))

    assert taken_up == 1
    assert known() == undisturbed
    assert PlaceLoad.objects.values("state", "applied_at").get() == load_undisturbed
    assert AuditEvent.objects.count() == audited


def test_job_run_again_does_nothing(apply, source):
    load = apply(THREE)
    before = known()

    tasks.apply_place_load.func(load.pk)
    tasks.read_place_load.func(load.pk)
    tasks.finish_place_loads.func()

    assert known() == before
    assert verbs(load).count("placeload.applied") == 1


@pytest.mark.parametrize("state", (LoadState.READING, LoadState.STOPPED))
def test_confirming_waits_for_the_whole_list(start, officer, now, state):
    load = start()
    PlaceLoad.objects.update(state=state)

    with pytest.raises(RegisterError, match="not ready to be applied"):
        services.confirm_load(load=load, actor=officer, now=now)


def test_confirming_twice_is_confirming_once(hand_over, officer, now, run_jobs):
    load = hand_over(THREE)

    services.confirm_load(load=load, actor=officer, now=now)
    services.confirm_load(load=load, actor=officer, now=now + timedelta(days=1))

    load.refresh_from_db()
    assert load.confirmed_at == now


def test_confirmed_list_cannot_be_discarded(hand_over, officer, now):
    load = hand_over(THREE)
    services.confirm_load(load=load, actor=officer, now=now)

    with pytest.raises(RegisterError, match="cannot be discarded"):
        services.discard_load(load=load, actor=officer)
    with pytest.raises(RegisterError, match="not waiting for answers"):
        services.keep_choices(load=load, choices={}, actor=officer)
    with pytest.raises(RegisterError, match="read to its end"):
        services.resume_load(load=load, actor=officer)


def test_list_nobody_came_back_to_is_forgotten(hand_over, now):
    load = hand_over(THREE)

    early = services.forget_old_loads(now=now + timedelta(days=13))
    late = services.forget_old_loads(now=now + timedelta(days=15))

    load.refresh_from_db()
    assert (early, late) == (0, 1)
    assert (load.state, load.rows.count()) == (LoadState.DISCARDED, 0)
    assert services.forget_old_loads(now=now + timedelta(days=15)) == 0


def test_number_of_the_scheme_is_there_once(source):
    AreaPlaceFactory.create(source=source, scheme_id=11)

    with pytest.raises(IntegrityError), transaction.atomic():
        AreaPlaceFactory.create(source=source, scheme_id=11)
