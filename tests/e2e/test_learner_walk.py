"""A learner on a bad line, in another language, on another device: nothing is lost."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Error, Page, Route, expect

from accounts.enums import Role
from campaigns.learning.models import ModuleVersion
from partners.register.models import StaffMember
from partners.training.models import Attempt, Completion, Progress
from tests.e2e.walk import cast
from tests.e2e.walk.learning import Slip
from tests.e2e.walk.staff import print_slips
from tests.factories.accounts import UserFactory
from tests.factories.learning import (
    ModuleFactory,
    ModuleVersionFactory,
    module_content,
)
from tests.factories.register import ManagerLinkFactory, SpellFactory
from tests.factories.training import RequirementFactory
from tests.partners.training.conftest import Desk, print_slip

# What a browser's own tools call regular 3G.
THREE_G = {
    "offline": False,
    "latency": 100,
    "downloadThroughput": 750_000 / 8,
    "uploadThroughput": 250_000 / 8,
}
CUT = THREE_G | {"offline": True}
MODULE = "/train/modules/reception/"
QUESTIONS = 4
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def desk(area, confirmed_languages) -> Desk:
    module = ModuleFactory.create(slug="reception", title="At reception")
    version = ModuleVersionFactory.create(module=module)
    ModuleVersionFactory.create(
        module=module, language="ur", content=in_urdu(module_content())
    )
    RequirementFactory.create(module=module)
    spell = SpellFactory.create(premises__area=area, staff_member__name="Ana Kowalska")
    manager = UserFactory.create(roles=[Role.MANAGER])
    ManagerLinkFactory.create(user=manager, premises=spell.premises)
    return Desk(spell, version, manager)


@pytest.fixture
def slip(desk) -> Slip:
    printed = print_slip(desk, timezone.now())
    return Slip(printed.staff_code, printed.code, printed.pin)


def in_urdu(content: dict[str, Any]) -> dict[str, Any]:
    for number, lesson in enumerate(content["lessons"], start=1):
        lesson["title"] = f"سبق {number}"
    for number, question in enumerate(content["questions"], start=1):
        question["text"] = f"سوال {number}؟"
    return content


class Line:
    """The line a phone hangs on: slow, and cut when somebody says so."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._browser = page.context.new_cdp_session(page)
        self._browser.send("Network.enable")
        self._set(THREE_G)

    def cut(self) -> None:
        self._set(CUT)

    def mend(self) -> None:
        self._set(THREE_G)

    def lose_the_answer(self) -> None:
        """Let one form arrive, and lose what the server says to it."""

        def lose(route: Route) -> None:
            if route.request.method != "POST":
                route.fallback()
                return
            route.fetch(max_redirects=0)
            route.abort()
            self._page.unroute("**/questions/**")

        self._page.route("**/questions/**", lose)

    def _set(self, conditions: dict[str, Any]) -> None:
        self._browser.send("Network.emulateNetworkConditions", conditions)


def sign_in(page: Page, slip: Slip, *, pin: str = "") -> None:
    """Type a slip in; the fields are told by their place, whatever the language."""
    page.locator("#id_personal_code").fill(slip.personal_code)
    page.locator("#id_pin").fill(pin or slip.pin)
    page.locator("main form .button--big").first.press("Enter")


def speak(page: Page, language: str) -> None:
    page.locator(f"button[name=language][value={language}]").press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", language)


def press(page: Page) -> None:
    page.locator("main .button--big").first.press("Enter")


def press_in_vain(page: Page, button: str) -> None:
    """Press a button while nothing comes back, as the browser's own page says."""
    with pytest.raises(Error, match="ERR_"), page.expect_navigation():
        page.locator(button).first.press("Enter")
    # That page is still on its way, and would collide with another address.
    page.wait_for_url(re.compile("^chrome-error:"))


def read_lessons(page: Page) -> None:
    page.goto(MODULE)
    press(page)
    for number in (1, 2):
        page.wait_for_url(f"**/lessons/{number}/")
        press(page)
    page.wait_for_url("**/questions/1/")


def answer(page: Page) -> None:
    page.locator("#option-b").press("Space")
    page.locator("main form .button--big").press("Enter")
    expect(page.locator(".choice--right")).to_be_visible()


def answer_when_cut_before(page: Page, line: Line, number: int) -> None:
    """Lose the line before an answer leaves: it is asked again, nothing was kept."""
    page.goto(f"{MODULE}questions/{number}/")
    page.locator("#option-b").press("Space")
    line.cut()
    press_in_vain(page, "main form .button--big")
    assert len(Progress.objects.get().answers) == number - 1
    line.mend()
    page.goto(f"{MODULE}questions/{number}/")
    answer(page)


def answer_when_cut_after(page: Page, line: Line, number: int) -> None:
    """Lose the line after an answer has left: it counts, and is not asked again."""
    page.goto(f"{MODULE}questions/{number}/")
    page.locator("#option-b").press("Space")
    line.lose_the_answer()
    press_in_vain(page, "main form .button--big")
    assert len(Progress.objects.get().answers) == number
    page.goto(f"{MODULE}questions/{number}/")
    expect(page.locator(".choice--right")).to_be_visible()


def finish_when_cut(page: Page, line: Line) -> None:
    line.cut()
    press_in_vain(page, ".lesson__actions .button")
    line.mend()
    page.goto(f"{MODULE}questions/{QUESTIONS}/")
    press(page)


def test_nothing_is_lost_in_urdu_on_a_slow_line_that_is_cut(page_at, slip):
    phone = page_at(390, has_script=False)
    line = Line(phone)
    phone.goto(f"/train/{slip.staff_code}/")
    speak(phone, "ur")
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    sign_in(phone, slip)
    phone.wait_for_url("**/train/modules/")
    expect(phone.locator("html")).to_have_attribute("lang", "ur")

    read_lessons(phone)
    expect(phone.locator("main")).to_contain_text("سوال 1")
    answer(phone)
    answer_when_cut_before(phone, line, 2)
    answer_when_cut_after(phone, line, 3)
    phone.goto(f"{MODULE}questions/{QUESTIONS}/")
    answer(phone)
    finish_when_cut(phone, line)

    expect(phone.locator(".certificate")).to_contain_text("Ana Kowalska")
    attempt = Attempt.objects.get()
    assert attempt.answers == {f"q{number}": "b" for number in range(1, QUESTIONS + 1)}
    assert attempt.version == ModuleVersion.objects.get(language="ur")
    assert Completion.objects.get().staff_member == StaffMember.objects.get()


def test_learner_changes_language_and_device_in_the_middle(page_at, desk, slip):
    tablet, phone = page_at(1280), page_at(390)
    tablet.goto(f"/train/{slip.staff_code}/")
    sign_in(tablet, slip)
    read_lessons(tablet)
    answer(tablet)
    press(tablet)
    tablet.wait_for_url("**/questions/2/")

    speak(tablet, "ur")
    expect(tablet.locator("main")).to_contain_text("سوال 2")
    answer(tablet)
    rest(minutes=31)
    tablet.goto("/train/modules/")

    # The tablet is somebody else's now, and tells nothing of who was there.
    expect(tablet).to_have_url(re.compile("/train/$"))
    expect(tablet.locator("main")).to_contain_text("You were signed out after a while")
    expect(tablet.locator("body")).not_to_contain_text("Ana Kowalska")
    tablet.go_back()
    expect(tablet.locator("body")).not_to_contain_text("Ana Kowalska")

    phone.goto(f"/train/{slip.staff_code}/")
    sign_in(phone, slip)
    phone.wait_for_url("**/train/modules/")
    phone.goto(MODULE)
    press(phone)
    phone.wait_for_url("**/questions/3/")
    expect(phone.locator("main")).to_contain_text("سوال 3")
    speak(phone, "en")
    expect(phone.locator("main")).to_contain_text("Question 3?")
    assert Progress.objects.get().answers == {"q1": "b", "q2": "b"}


def rest(*, minutes: int) -> None:
    """Let every learner who is signed in have done nothing for so long."""
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        if "learner" in session:
            seen = timezone.now() - timedelta(minutes=minutes)
            session["learner"] = {**session["learner"], "seen": seen.isoformat()}
            session.save()


def test_slip_that_is_locked_leads_back_through_the_manager(
    page_at, desk, slip, run_jobs, mailoutbox
):
    phone, office = page_at(390), page_at(1280)
    wrong = f"{(int(slip.pin) + 1) % 1_000_000:06}"
    for _try in range(5):
        phone.goto(f"/train/{slip.staff_code}/")
        sign_in(phone, slip, pin=wrong)
    expect(phone.locator("main")).to_contain_text("Ask your manager for a new slip")
    sign_in(phone, slip)
    expect(phone.locator("main")).to_contain_text("Ask your manager for a new slip")

    run_jobs()
    assert [mail.to for mail in mailoutbox] == [[desk.manager.email]]
    cast.sign_in(office, desk.manager)
    newer = print_slips(office, desk.premises, "Ana Kowalska")

    phone.goto(f"/train/{newer.staff_code}/")
    sign_in(phone, newer)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Hello Ana Kowalska")
