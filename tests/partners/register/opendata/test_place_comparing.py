import pytest

from partners.register import services
from partners.register.enums import (
    NotCounted,
    PlaceOutcome,
    PremisesKind,
    PremisesState,
)
from partners.register.models import AreaPlace
from partners.register.services import RegisterError
from tests.factories.area_places import AreaPlaceFactory, PlaceSourceFactory
from tests.factories.register import PremisesFactory
from tests.partners.register.opendata.knowing import THREE, outcomes, told, verbs
from tests.partners.register.opendata.lists import (
    PUB,
    place,
)

pytestmark = pytest.mark.django_db


def test_known_numbers_are_known_whatever_their_name(hand_over, source):
    AreaPlaceFactory.create(source=source, **told(THREE[0]))
    AreaPlaceFactory.create(source=source, **told(THREE[1]) | {"name": "The Candle"})
    AreaPlaceFactory.create(source=source, scheme_id=99)
    AreaPlaceFactory.create(source=source, scheme_id=98, business_type=PUB)

    load = hand_over(THREE)

    assert outcomes(load) == {
        11: PlaceOutcome.KNOWN,
        12: PlaceOutcome.CHANGED,
        13: PlaceOutcome.NEW,
        99: PlaceOutcome.GONE,
    }
    assert load.counts == {"known": 1, "changed": 1, "new": 1, "gone": 1}


def test_business_that_is_back_on_the_list_is_a_change(hand_over, source, now):
    AreaPlaceFactory.create(source=source, **told(THREE[0]), gone_on=now.date())

    assert outcomes(hand_over(THREE[:1])) == {11: PlaceOutcome.CHANGED}


def test_likely_the_same_is_offered_and_the_surest_picked(hand_over, area):
    lamp = PremisesFactory.create(area=area, name="The Lamp Hotel", postcode="ZZ1 1AB")
    closed = PremisesFactory.create(
        area=area, name="Old Mill", postcode="ZZ1 1AB", state=PremisesState.CLOSED
    )
    pub = PremisesFactory.create(
        area=area, name="Harbour View", kind=PremisesKind.LICENSED
    )
    PremisesFactory.create(name="The Lamp", postcode="ZZ1 1AB")

    load = hand_over(THREE)

    rows = {row.scheme_id: (row.candidates, row.chosen) for row in load.rows.all()}
    assert rows == {
        11: ([pub.pk], None),
        12: ([lamp.pk], lamp),
        13: ([closed.pk], None),
    }
    assert load.counts == {"likely": 3}


def test_premises_are_picked_once_where_they_fit_best(hand_over, area):
    lamp = PremisesFactory.create(area=area, name="The Lamp", postcode="ZZ1 1AB")

    load = hand_over([place(21, "The Lamps"), place(22, "The Lamp")])

    chosen = {row.scheme_id: row.chosen for row in load.rows.all()}
    assert chosen == {21: None, 22: lamp}


def test_linked_set_aside_and_told_apart_are_not_asked_again(hand_over, source, area):
    lamp = PremisesFactory.create(area=area, name="The Lamp", postcode="ZZ1 1AB")
    other = PremisesFactory.create(area=area, name="Old Mill", postcode="ZZ1 1AB")
    AreaPlaceFactory.create(source=source, **told(THREE[1]), premises=lamp)
    apart = AreaPlaceFactory.create(source=source, **told(THREE[2]))
    apart.told_apart.add(other)
    AreaPlaceFactory.create(
        source=source,
        **told(place(14, "Old Mill")),
        not_counted=NotCounted.DUPLICATE,
    )

    load = hand_over([*THREE[1:], place(14, "Old Mill")])

    assert outcomes(load) == dict.fromkeys((12, 13, 14), PlaceOutcome.KNOWN)


def test_business_of_another_areas_list_is_left_alone(apply, now):
    other = AreaPlaceFactory.create(scheme_id=11, name="Theirs")

    load = apply(THREE)

    other.refresh_from_db()
    assert load.counts == {"elsewhere": 1, "new": 2}
    assert other.name == "Theirs"
    assert AreaPlace.objects.count() == 3


def test_business_moves_with_its_authority_within_the_officers_areas(
    apply, area, source
):
    before = PlaceSourceFactory.create(area=area)
    AreaPlaceFactory.create(source=before, scheme_id=11, name="Harbour View")

    apply(THREE)

    assert AreaPlace.objects.get(scheme_id=11).source == source


def test_answers_are_kept(hand_over, area, officer):
    lamp = PremisesFactory.create(area=area, name="The Lamp", postcode="ZZ1 1AB")
    load = hand_over(THREE)
    row = load.rows.get(scheme_id=12)

    services.keep_choices(load=load, choices={row.pk: None}, actor=officer)
    apart = load.rows.get(scheme_id=12).chosen
    services.keep_choices(load=load, choices={row.pk: lamp.pk}, actor=officer)

    assert (apart, load.rows.get(scheme_id=12).chosen) == (None, lamp)
    assert verbs(load)[-2:] == ["placeload.answered"] * 2


def test_answers_that_cannot_be_are_refused_and_change_nothing(
    hand_over, area, officer
):
    lamp = PremisesFactory.create(area=area, name="The Lamp", postcode="ZZ1 1AB")
    stranger = PremisesFactory.create(area=area, postcode="ZZ9 9ZZ")
    load = hand_over([place(21, "The Lamps"), place(22, "The Lamp")])
    first, _second = load.rows.order_by("scheme_id")

    with pytest.raises(RegisterError, match="Choose one of the premises"):
        services.keep_choices(load=load, choices={first.pk: stranger.pk}, actor=officer)
    with pytest.raises(RegisterError, match="cannot be the same premises"):
        services.keep_choices(load=load, choices={first.pk: lamp.pk}, actor=officer)

    assert [row.chosen for row in load.rows.order_by("scheme_id")] == [None, lamp]


def test_answers_can_change_places(hand_over, area, officer):
    one = PremisesFactory.create(area=area, name="The Lamp", postcode="ZZ1 1AB")
    two = PremisesFactory.create(area=area, name="The Lamps", postcode="ZZ1 1AB")
    load = hand_over([place(21, "The Lamp"), place(22, "The Lamps")])
    first, second = load.rows.order_by("scheme_id")

    services.keep_choices(
        load=load, choices={first.pk: two.pk, second.pk: one.pk}, actor=officer
    )

    assert [row.chosen for row in load.rows.order_by("scheme_id")] == [two, one]
