"""6. A covert visit: planned, recorded on a phone, checked by another, released."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from core.models import AuditEvent
from partners.register.models import Premises
from partners.visits.models import TestVisit
from tests.e2e.walk.cast import Cast, sign_in

GAPS = frozenset({"asked", "asked_id"})


def plan_it(desk: Page, cast: Cast, premises: Premises) -> TestVisit:
    enter_the_decision(desk, cast)
    desk.goto("/cms/visits/plan/")
    desk.get_by_label("Premises").select_option(label=premises.name)
    desk.get_by_label("Scenario").select_option(index=1)
    desk.get_by_label("Tester").select_option(label=cast.tester.name)
    desk.locator("[name=planned_on]").fill(timezone.localdate().isoformat())
    desk.locator("[name=planned_time]").fill("23:30")
    desk.get_by_label("Shift").select_option(label="Night")
    desk.get_by_label("Authorisation").select_option(index=1)
    desk.locator("main form button[type=submit]").last.click()
    return TestVisit.objects.get(premises=premises)


def enter_the_decision(desk: Page, cast: Cast) -> None:
    today = timezone.localdate()
    desk.goto("/cms/visits/authorisations/add/")
    desk.get_by_label("Area").select_option(label=cast.area.name)
    desk.get_by_label("Authorisation reference").fill("AUTH-2026-7")
    desk.get_by_label("Decision maker").fill("Superintendent")
    desk.locator("[name=decided_on]").fill(today.isoformat())
    desk.get_by_label("Legal check").fill("Legal services, today: none needed")
    desk.get_by_label("Data-protection assessment").fill("Version 2")
    desk.locator("[name=review_on]").fill((today + timedelta(days=90)).isoformat())
    desk.locator("main form button[type=submit]").last.click()


def see_nothing_of_it(desk: Page, premises: Premises, visit: TestVisit) -> None:
    """Look where a manager can look: neither the visit nor a way to it is there."""
    home = f"/partners/{premises.key}/"
    for path in ("", "people/", "tasks/", "posters/"):
        answer = desk.goto(home + path)
        assert answer is not None
        assert answer.status == 200
        assert visit.key not in desk.content()
        assert visit.scenario.title not in desk.content()
    closed = (f"{home}feedback/{visit.key}/", f"/visits/{visit.key}/")
    for path in closed:
        answer = desk.goto(path)
        assert answer is not None
        assert answer.status in {403, 404}


def record_it(phone: Page, cast: Cast, visit: TestVisit) -> None:
    sign_in(phone, cast.tester)
    phone.goto("/visits/")
    phone.get_by_role("link", name=visit.premises.name).click()
    phone.get_by_role("button", name="I have read the brief").click()
    phone.get_by_role("link", name="Record what happened").click()
    for item in visit.checklist_version.items.order_by("position"):
        step = phone.locator(".checklist-step").filter(has_text=item.text)
        answer = "No" if item.step in GAPS else "Yes"
        step.get_by_label(answer, exact=True).check()
    phone.get_by_role("button", name="Check your answers").click()
    phone.get_by_role("button", name="Send", exact=True).click()
    visit.refresh_from_db()
    expect(phone.locator("main")).to_contain_text(visit.receipt)


def check_it(desk: Page, cast: Cast, visit: TestVisit) -> None:
    sign_in(desk, cast.checker)
    desk.goto(f"/cms/visits/{visit.key}/")
    desk.get_by_role("button", name="Checked: in order").click()
    visit.refresh_from_db()
    assert visit.checked_by == cast.checker


def release_it(desk: Page, visit: TestVisit, run_jobs) -> None:
    desk.goto(f"/cms/visits/{visit.key}/")
    desk.get_by_role("button", name="Release to the premises").click()
    run_jobs()
    reads = AuditEvent.objects.about(visit).filter(verb="visit.read")
    assert reads.exists()
