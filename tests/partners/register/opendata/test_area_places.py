import pytest

from core.models import AuditEvent
from partners.register import services
from partners.register.enums import (
    BusinessType,
    NotCounted,
    PlaceState,
    PremisesKind,
    PremisesState,
)
from partners.register.models import AreaPlace, SignUp
from partners.register.services import RegisterError
from tests.factories.accounts import UserFactory
from tests.factories.area_places import AreaPlaceFactory, PlaceSourceFactory
from tests.factories.register import PremisesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(now):
    return now.date()


@pytest.fixture
def premises(area):
    return PremisesFactory.create(area=area)


@pytest.fixture
def place(source):
    return AreaPlaceFactory.create(source=source)


def state_of(place):
    same = AreaPlace.objects.filter(pk=place.pk)
    (state,) = (one for one in PlaceState if same.in_state(one).exists())
    return state


def verbs(subject):
    return [event.verb for event in AuditEvent.objects.about(subject).order_by("pk")]


def test_state_is_the_first_that_is_true(place, premises, today):
    seen = [state_of(place)]
    for change in (
        {"invited_on": today},
        {"declined_on": today},
        {"premises": premises},
        {"not_counted": NotCounted.CLOSED},
        {"gone_on": today},
    ):
        AreaPlace.objects.filter(pk=place.pk).update(**change)
        seen.append(state_of(place))

    assert seen == [
        *(PlaceState.NOT_INVITED, PlaceState.INVITED, PlaceState.SAID_NO),
        *(PlaceState.TAKING_PART, PlaceState.NOT_COUNTED, PlaceState.GONE),
    ]


def test_premises_that_closed_took_part_before(place, premises):
    services.link_place(place=place, premises=premises, actor=UserFactory.create())
    premises.state = PremisesState.CLOSED
    premises.save()

    assert state_of(place) == PlaceState.LEFT


def test_sign_up_is_counted_by_area_and_kind(area, source, premises, today):
    AreaPlaceFactory.create(source=source, premises=premises)
    AreaPlaceFactory.create_batch(2, source=source)
    AreaPlaceFactory.create(source=source, not_counted=NotCounted.CLOSED)
    AreaPlaceFactory.create(source=source, gone_on=today)
    closed = PremisesFactory.create(area=area, state=PremisesState.CLOSED)
    AreaPlaceFactory.create(
        source=source, business_type=BusinessType.PUB, premises=closed
    )
    other = PlaceSourceFactory.create(area__name="Zeal")
    AreaPlaceFactory.create(source=other)

    lines = AreaPlace.objects.sign_up()

    assert lines == [
        SignUp(area.pk, "Ashbeck", BusinessType.LODGING, 3, 1),
        SignUp(area.pk, "Ashbeck", BusinessType.PUB, 1, 0),
        SignUp(other.area_id, "Zeal", BusinessType.LODGING, 1, 0),
    ]
    assert [line.percent for line in lines] == [33, 0, 0]


def test_officers_see_the_businesses_of_their_areas(place, officer):
    AreaPlaceFactory.create()

    assert list(AreaPlace.objects.in_areas_of(officer)) == [place]
    assert not AreaPlace.objects.in_areas_of(UserFactory.create())


def test_linking_takes_part_and_is_audited(place, premises, officer):
    services.link_place(place=place, premises=premises, actor=officer)
    services.link_place(place=place, premises=premises, actor=officer)

    assert state_of(place) == PlaceState.TAKING_PART
    assert verbs(place) == ["areaplace.linked"]


def test_linking_ties_one_to_one(source, place, premises, officer):
    other = AreaPlaceFactory.create(source=source)
    services.link_place(place=place, premises=premises, actor=officer)

    with pytest.raises(RegisterError, match="another business of the list already"):
        services.link_place(place=other, premises=premises, actor=officer)
    with pytest.raises(RegisterError, match="tied to other premises already"):
        services.link_place(
            place=place, premises=PremisesFactory.create(), actor=officer
        )


def test_unlinking_tells_them_apart(place, premises, officer):
    services.link_place(place=place, premises=premises, actor=officer)

    services.unlink_place(place=place, actor=officer)
    services.unlink_place(place=place, actor=officer)

    assert state_of(place) == PlaceState.NOT_INVITED
    assert list(place.told_apart.all()) == [premises]
    assert verbs(place) == ["areaplace.linked", "areaplace.unlinked"]


def test_linking_again_forgets_that_they_were_told_apart(place, premises, officer):
    place.told_apart.add(premises)

    services.link_place(place=place, premises=premises, actor=officer)

    assert not place.told_apart.exists()


def test_leaving_out_and_counting_again(place, officer):
    services.leave_out(place=place, reason=NotCounted.DUPLICATE, actor=officer)
    left_out = (state_of(place), AreaPlace.objects.counted().exists())

    services.count_again(place=place, actor=officer)
    services.count_again(place=place, actor=officer)

    assert left_out == (PlaceState.NOT_COUNTED, False)
    assert state_of(place) == PlaceState.NOT_INVITED
    assert verbs(place) == ["areaplace.left_out", "areaplace.counted"]


def test_leaving_out_who_takes_part_is_refused(place, premises, officer):
    services.link_place(place=place, premises=premises, actor=officer)

    with pytest.raises(RegisterError, match="Untie it first"):
        services.leave_out(place=place, reason=NotCounted.CLOSED, actor=officer)


def test_inviting_notes_who_was_not_invited(source, place, premises, officer, today):
    AreaPlaceFactory.create(source=source, gone_on=today)
    AreaPlaceFactory.create(source=source, not_counted=NotCounted.CLOSED)
    AreaPlaceFactory.create(source=source, premises=premises)
    every = AreaPlace.objects.all()

    first = services.note_invited(places=every, actor=officer, today=today)
    again = services.note_invited(places=every, actor=officer, today=today)

    assert (first, again) == (1, 0)
    assert list(AreaPlace.objects.unanswered()) == [place]
    assert verbs(place) == ["areaplace.invited"]


def test_saying_no_stays_in_the_count(place, officer, today):
    services.note_declined(place=place, actor=officer, today=today)

    assert state_of(place) == PlaceState.SAID_NO
    assert AreaPlace.objects.counted().get() == place


def test_answer_is_taken_back(place, officer, today):
    services.note_declined(place=place, actor=officer, today=today)

    services.take_back_answer(place=place, actor=officer)

    assert state_of(place) == PlaceState.NOT_INVITED
    assert verbs(place) == ["areaplace.declined", "areaplace.answer_taken_back"]


@pytest.mark.parametrize(
    ("name", "business_type", "kind"),
    (
        ("The Lamp Hotel", BusinessType.LODGING, PremisesKind.HOTEL),
        ("Lamp Guesthouse", BusinessType.LODGING, PremisesKind.BED_AND_BREAKFAST),
        ("Lamp Guest House", BusinessType.LODGING, PremisesKind.BED_AND_BREAKFAST),
        ("Lamp B & B", BusinessType.LODGING, PremisesKind.BED_AND_BREAKFAST),
        ("Bed and Breakfast", BusinessType.LODGING, PremisesKind.BED_AND_BREAKFAST),
        ("The Lamp", BusinessType.PUB, PremisesKind.LICENSED),
        ("Lamp Guest House", BusinessType.SHOP, PremisesKind.SHOP),
    ),
)
def test_kind_is_guessed_from_type_and_name(name, business_type, kind):
    place = AreaPlaceFactory.build(name=name, business_type=business_type, source=None)

    assert place.likely_kind == kind


def test_authority_belongs_to_one_area(area, officer):
    services.add_source(
        area=area, authority_code="901", authority_name="Ashbeck", actor=officer
    )

    with pytest.raises(RegisterError, match="belongs to an area already"):
        services.add_source(
            area=area, authority_code="901", authority_name="Again", actor=officer
        )

    assert AuditEvent.objects.filter(verb="placesource.added").count() == 1


@pytest.mark.parametrize(
    ("words", "codes"),
    (("ash", ["901", "902"]), ("NORTH", ["903"]), ("903", ["903"]), ("leeds", [])),
)
def test_authorities_are_found_by_name_or_code(food_service, words, codes):
    assert [one.code for one in services.find_authorities(words)] == codes


def test_authorities_that_cannot_be_asked_for_are_told_in_a_sentence():
    with pytest.raises(RegisterError, match="cannot be reached"):
        services.find_authorities("ash")
