"""Sessions in the admin, for officers of their area."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent
from partners.training.enums import SessionState
from partners.training.models import Attendance, Completion, TrainingSession
from tests.factories.register import PremisesFactory, SpellFactory
from tests.factories.training import AttendanceFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(officer, client_of):
    return client_of(officer)


@pytest.fixture
def session(area, desk) -> TrainingSession:
    """Return a session of yesterday that is still open: it may be closed any time."""
    start = timezone.now() - timedelta(days=1)
    return TrainingSessionFactory.create(
        area=area, version=desk.version, opened=True, starts_at=start
    )


def address(name: str, session: TrainingSession, *more: str) -> str:
    return reverse(f"officer-sessions:{name}", args=[session.key, *more])


def planned(desk, **others):
    day = timezone.localdate() + timedelta(days=3)
    return {
        "module": desk.version.module_id,
        "day": day.isoformat(),
        "starts": "10:00",
        "ends": "11:30",
        "area": desk.premises.area_id,
        "premises": "",
        "place": "Town hall",
        "led_by": "Ashbeck ISVA service",
        "language": "en",
        "capacity": "20",
        **others,
    }


def test_officer_plans_a_session(browser, desk, area):
    answer = browser.post(reverse("officer-sessions:plan"), planned(desk))

    session = TrainingSession.objects.get()
    assert answer.headers["Location"] == address("detail", session)
    assert (session.area, session.is_for_area, session.where) == (
        area,
        True,
        "Town hall",
    )
    start = timezone.localtime(session.starts_at)
    assert (start.hour, session.ends_at - session.starts_at) == (
        10,
        timedelta(hours=1, minutes=30),
    )


def test_officer_plans_for_one_workplace(browser, desk):
    wanted = planned(desk, premises=desk.premises.key, place="", is_for_premises="on")

    browser.post(reverse("officer-sessions:plan"), wanted)

    session = TrainingSession.objects.get()
    assert (session.premises, session.is_for_area) == (desk.premises, False)


@pytest.mark.parametrize(
    ("wrong", "field"),
    (
        ({"place": ""}, "place"),
        ({"ends": "09:00"}, "ends"),
        ({"is_for_premises": "on"}, "premises"),
        ({"led_by": ""}, "led_by"),
        ({"capacity": "0"}, "capacity"),
        ({"day": "2020-01-01"}, "__all__"),
    ),
)
def test_plan_with_a_gap_is_shown_again(wrong, field, browser, desk):
    answer = browser.post(reverse("officer-sessions:plan"), planned(desk, **wrong))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not TrainingSession.objects.exists()


def test_place_is_premises_or_words(browser, desk):
    both = planned(desk, premises=desk.premises.key)

    answer = browser.post(reverse("officer-sessions:plan"), both)

    assert list(answer.context["form"].errors) == ["place"]


def test_officer_changes_what_was_planned(browser, desk, area):
    start = timezone.now() + timedelta(days=2)
    session = TrainingSessionFactory.create(
        area=area, version=desk.version, starts_at=start
    )

    form = browser.get(address("change", session)).context["form"]
    answer = browser.post(address("change", session), planned(desk, place="Library"))

    assert form["place"].value() == session.place
    assert answer.status_code == 302
    session.refresh_from_db()
    assert session.place == "Library"


def test_officer_cancels_with_a_reason(browser, session):
    without = browser.post(address("cancel", session), {"reason": ""})
    answer = browser.post(address("cancel", session), {"reason": "Flooded."})
    page = browser.get(address("detail", session))

    assert (without.status_code, answer.status_code) == (422, 302)
    assert "Flooded." in page.text
    session.refresh_from_db()
    assert session.state == SessionState.CANCELLED


def test_officer_opens_ticks_and_closes(browser, desk, area, officer):
    start = timezone.now() - timedelta(hours=25)
    session = TrainingSessionFactory.create(
        area=area, version=desk.version, starts_at=start
    )
    people = address("people", session, desk.premises.key)

    too_early = browser.get(people).status_code
    browser.post(address("open", session))
    shown = browser.get(people)
    browser.post(people, {"here": [desk.person.pk], "was": ""})
    page = browser.get(address("detail", session))
    closed = browser.post(address("close", session), follow=True)

    assert too_early == 404
    assert desk.person.name in shown.text
    assert [place.name for place in page.context["places"]] == [desk.premises.name]
    assert "1 person has completed the module" in closed.text
    assert Completion.objects.get().staff_member == desk.person
    read = AuditEvent.objects.filter(verb="session.list_read")
    assert [(one.actor, one.facts) for one in read] == [
        (officer, {"premises": desk.premises.pk})
    ]


def test_refusal_is_told_on_the_page(browser, session):
    answer = browser.post(address("close", session), follow=True)

    assert "Nobody is on the list yet. Tick who was there" in answer.text
    session.refresh_from_db()
    assert session.state == SessionState.OPEN


def test_officer_draws_a_new_code(browser, session):
    browser.post(address("new-code", session))

    assert TrainingSession.objects.get().code != session.code


def test_form_takes_back_only_what_it_showed(browser, session, desk):
    """Somebody signs in by the code while the page of the list is open."""
    AttendanceFactory.create(session=session, spell=desk.spell)
    people = address("people", session, desk.premises.key)

    browser.post(people, {"here": [], "was": ""})
    kept = Attendance.objects.standing().count()
    browser.post(people, {"here": [], "was": str(desk.person.pk)})

    assert kept == 1
    assert Attendance.objects.standing().count() == 0


def test_correction_says_what_became_of_the_certificate(browser, session, desk):
    AttendanceFactory.create(session=session, spell=desk.spell)
    late = SpellFactory.create(premises=desk.premises)
    browser.post(address("close", session))
    people = address("people", session, desk.premises.key)
    change = {"here": [late.staff_member_id], "was": str(desk.person.pk)}

    without = browser.post(people, change)
    answer = browser.post(people, change | {"note": "Two rows mixed up."}, follow=True)

    assert without.status_code == 422
    assert "say in a few words why the list was wrong" in without.text
    assert "1 person added. They have completed the module" in answer.text
    assert "1 person taken off the list. Their certificate" in answer.text
    assert [
        (one["row"].staff_member, one["is_withdrawn"], one["is_completed"])
        for one in answer.context["corrections"]
    ] == [(desk.person, True, False), (late.staff_member, False, True)]
    assert answer.text.count("Two rows mixed up.") == 2


def test_workplaces_are_found_by_name(browser, session, desk, area):
    other = PremisesFactory.create(area=area, name="Mill House")
    PremisesFactory.create(name="Mill House elsewhere")

    page = browser.get(address("detail", session), {"q": "mill house"})

    assert page.context["found"] == [other]


def test_list_can_be_narrowed(browser, session, area):
    ahead = TrainingSessionFactory.create(area=area)

    page = browser.get(reverse("officer-sessions:list"), {"state": "planned"})

    assert list(page.context["page_obj"]) == [ahead]


@pytest.mark.parametrize("sessions", (1, 3))
def test_list_takes_as_many_queries_for_any_number(
    sessions, browser, desk, area, django_assert_num_queries
):
    for _ in range(sessions):
        session = TrainingSessionFactory.create(area=area, opened=True)
        AttendanceFactory.create(session=session, spell=desk.spell)
    TrainingSessionFactory.create()
    browser.get(reverse("officer-sessions:list"))

    with django_assert_num_queries(16):
        page = browser.get(reverse("officer-sessions:list"))

    assert [one.present_count for one in page.context["page_obj"]] == [1] * sessions


@pytest.mark.parametrize("places", (1, 3))
def test_page_of_a_session_takes_as_many_queries_for_any_number(
    places, browser, session, area, django_assert_num_queries
):
    for _ in range(places):
        AttendanceFactory.create(
            session=session, spell=SpellFactory.create(premises__area=area)
        )
    browser.get(address("detail", session))

    with django_assert_num_queries(15):
        page = browser.get(address("detail", session))

    assert len(page.context["places"]) == places


@pytest.mark.parametrize("people", (1, 3))
def test_list_of_a_workplace_takes_as_many_queries_for_any_number(
    people, browser, session, desk, django_assert_num_queries
):
    for _ in range(people):
        spell = SpellFactory.create(premises=desk.premises)
        AttendanceFactory.create(session=session, spell=spell)
    address_ = address("people", session, desk.premises.key)
    browser.get(address_)

    with django_assert_num_queries(21):
        page = browser.get(address_)

    assert len(page.context["form"].rows) == people + 1
