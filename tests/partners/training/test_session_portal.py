"""Sessions in the portal, for managers of one workplace."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.training.enums import SessionState
from partners.training.models import Attendance, Completion, TrainingSession
from tests.factories.register import PremisesFactory, SpellFactory
from tests.factories.training import AttendanceFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(desk, client_of):
    return client_of(desk.manager)


@pytest.fixture
def own(desk) -> TrainingSession:
    """Return an open session of the house, begun an hour ago or on the day before."""
    start = timezone.now() - timedelta(hours=1)
    return TrainingSessionFactory.create(
        at=desk.premises, version=desk.version, opened=True, starts_at=start
    )


@pytest.fixture
def of_area(area, desk) -> TrainingSession:
    start = timezone.now() - timedelta(hours=1)
    return TrainingSessionFactory.create(
        area=area, version=desk.version, opened=True, starts_at=start
    )


def address(name: str, session: TrainingSession, desk) -> str:
    return reverse(f"sessions:{name}", args=[desk.premises.key, session.key])


def test_manager_plans_holds_and_closes_a_session(browser, desk):
    today = timezone.localdate()
    plan = reverse("sessions:plan", args=[desk.premises.key])
    facts = {
        "module": desk.version.module_id,
        "day": today.isoformat(),
        "starts": "00:00",
        "ends": "00:05",
        "led_by": "The head of reception",
        "language": "en",
        "capacity": "",
    }

    browser.post(plan, facts)
    session = TrainingSession.objects.get()
    browser.post(address("open", session, desk))
    browser.post(
        address("people", session, desk), {"here": [desk.person.pk], "was": ""}
    )
    closed = browser.post(address("close", session, desk), follow=True)

    assert (session.premises, session.is_for_area) == (desk.premises, False)
    assert "1 person has completed the module" in closed.text
    completion = Completion.objects.get()
    assert (completion.staff_member, completion.valid_from) == (desk.person, today)


def test_plan_without_an_hour_is_shown_again(browser, desk):
    plan = reverse("sessions:plan", args=[desk.premises.key])

    answer = browser.post(plan, {"led_by": "The head of reception"})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {
        "module",
        "day",
        "starts",
        "ends",
        "language",
    }


def test_manager_changes_and_cancels_what_was_planned(browser, desk):
    session = TrainingSessionFactory.create(
        at=desk.premises,
        version=desk.version,
        starts_at=timezone.now() + timedelta(days=2),
    )
    form = browser.get(address("change", session, desk)).context["form"]
    facts = {name: form[name].value() for name in form.fields}
    facts |= {"led_by": "The ISVA service", "capacity": "12"}
    facts["starts"], facts["ends"] = "10:00", "11:00"

    browser.post(address("change", session, desk), facts)
    session.refresh_from_db()
    changed = (session.led_by, session.capacity)
    browser.post(address("cancel", session, desk), {"reason": "Too few."})

    assert changed == ("The ISVA service", 12)
    session.refresh_from_db()
    assert session.state == SessionState.CANCELLED


def test_manager_draws_a_new_code(browser, desk, own):
    browser.post(address("new-code", own, desk))

    assert TrainingSession.objects.get().code != own.code


def test_manager_ticks_own_people_at_a_session_of_the_area(
    browser, desk, of_area, area
):
    other = SpellFactory.create(premises__area=area, staff_member__name="Not of here")
    AttendanceFactory.create(session=of_area, spell=other)
    people = address("people", of_area, desk)

    page = browser.get(people)
    browser.post(people, {"here": [desk.person.pk], "was": ""})
    detail = browser.get(address("detail", of_area, desk))

    assert "Not of here" not in page.text
    assert Attendance.objects.filter(staff_member=desk.person).exists()
    assert [place.number for place in detail.context["places"]] == [1]
    assert other.premises.name not in detail.text


def test_manager_sees_no_code_of_a_session_of_the_area(browser, desk, of_area, own):
    """Whoever has it could put people on the list who are not in the room."""
    theirs = browser.get(address("detail", of_area, desk)).text
    ours = browser.get(address("detail", own, desk)).text

    assert of_area.code[:3] not in theirs or of_area.code[3:] not in theirs
    assert own.code[:3] in ours
    assert own.code[3:] in ours


@pytest.mark.parametrize("act", ("change", "cancel", "open", "close", "new-code"))
def test_manager_does_not_run_a_session_of_the_area(act, browser, desk, of_area):
    answer = browser.post(address(act, of_area, desk), {"reason": "Mine."})

    assert answer.status_code == 404
    of_area.refresh_from_db()
    assert of_area.state == SessionState.OPEN


def test_list_of_a_closed_session_of_the_area_is_for_officers(
    browser, desk, of_area, now
):
    TrainingSession.objects.filter(pk=of_area.pk).update(state="closed", closed_at=now)

    assert browser.get(address("people", of_area, desk)).status_code == 404


def test_manager_corrects_the_list_of_an_own_session(browser, desk, own):
    AttendanceFactory.create(session=own, spell=desk.spell)
    browser.post(address("close", own, desk))
    people = address("people", own, desk)

    answer = browser.post(
        people,
        {"here": [], "was": str(desk.person.pk), "note": "Was at the dentist."},
        follow=True,
    )

    assert "Their certificate for it no longer counts." in answer.text
    assert not Completion.objects.standing().exists()


def test_list_shows_what_is_ahead_and_what_has_been(browser, desk, area, own):
    ahead = TrainingSessionFactory.create(
        area=area, starts_at=timezone.now() + timedelta(days=1)
    )
    past = TrainingSessionFactory.create(area=area)
    AttendanceFactory.create(
        session=past, spell=SpellFactory.create(premises__area=area)
    )
    AttendanceFactory.create(session=past, spell=desk.spell)
    TrainingSessionFactory.create(at=PremisesFactory.create(area=area))
    TrainingSession.objects.filter(pk=past.pk).update(
        state="closed", opened_at=past.starts_at, closed_at=past.ends_at
    )

    page = browser.get(reverse("sessions:session-list", args=[desk.premises.key]))

    assert [one for one, _tone in page.context["ahead"]] == [own, ahead]
    assert [(one, one.present_count) for one, _tone in page.context["past"]] == [
        (past, 1)
    ]


def test_home_leads_to_the_sessions(browser, desk, own):
    page = browser.get(reverse("portal:premises", args=[desk.premises.key]))

    assert address("detail", own, desk) in page.text
    assert reverse("sessions:plan", args=[desk.premises.key]) in page.text


def test_nothing_planned_says_what_a_session_is(browser, desk):
    page = browser.get(reverse("sessions:session-list", args=[desk.premises.key]))

    assert "No session yet" in page.text


@pytest.mark.parametrize("sessions", (1, 3))
def test_list_takes_as_many_queries_for_any_number(
    sessions, browser, desk, area, django_assert_num_queries
):
    for _ in range(sessions):
        TrainingSessionFactory.create(at=desk.premises, version=desk.version)
        TrainingSessionFactory.create(
            area=area, starts_at=timezone.now() + timedelta(days=1)
        )
    listed = reverse("sessions:session-list", args=[desk.premises.key])
    browser.get(listed)

    with django_assert_num_queries(8):
        page = browser.get(listed)

    assert len(page.context["ahead"]) == sessions
    assert len(page.context["past"]) == sessions


@pytest.mark.parametrize("people", (1, 3))
def test_list_of_people_takes_as_many_queries_for_any_number(
    people, browser, desk, own, django_assert_num_queries
):
    for _ in range(people):
        spell = SpellFactory.create(premises=desk.premises)
        AttendanceFactory.create(session=own, spell=spell)
    listed = address("people", own, desk)
    browser.get(listed)

    with django_assert_num_queries(10):
        page = browser.get(listed)

    assert len(page.context["form"].rows) == people + 1
