"""4. A worker without e-mail learns on a phone, from a printed slip."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from partners.training.models import Progress


@dataclass(frozen=True)
class Slip:
    staff_code: str
    personal_code: str
    pin: str


def sign_in(phone: Page, slip: Slip) -> None:
    phone.goto(f"/train/{slip.staff_code}/")
    phone.get_by_label("Your own code").fill(slip.personal_code)
    phone.get_by_label("PIN").fill(slip.pin)
    phone.get_by_role("button", name="Start").press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Hello")


def finish_the_module(phone: Page, slug: str, *, wrong: int = 0) -> None:
    """Read every lesson and answer every question, the first `wrong` ones wrongly."""
    phone.goto(f"/train/modules/{slug}/")
    begin = re.compile("Begin|Go on where you were|Do it again")
    phone.get_by_role("button", name=begin).press("Enter")
    phone.wait_for_url("**/lessons/*/")
    begun = Progress.objects.filter(version__module__slug=slug)
    course = begun.latest("started_at").course
    for lesson in course["lessons"]:
        expect(phone.get_by_role("heading", level=1)).to_have_text(lesson["title"])
        phone.locator(".lesson__actions button").press("Enter")
    questions = course["questions"]
    can_miss = [q["id"] for q in questions if not q["must_get_right"]][:wrong]
    for question in questions:
        _answer(phone, question, rightly=question["id"] not in can_miss)


def _answer(phone: Page, question, *, rightly: bool) -> None:
    option = next(o for o in question["options"] if o["correct"] is rightly)
    expect(phone.locator(".question")).to_contain_text(question["text"])
    # By keyboard: a row may still move while its font arrives, a focus does not.
    phone.locator(f"#option-{option['id']}").press("Space")
    expect(phone.locator(f"#option-{option['id']}")).to_be_checked()
    phone.get_by_role("button", name="Answer").press("Enter")
    expect(phone.locator(".choice__feedback").first).to_have_text(option["explain"])
    phone.locator(".lesson__actions .button").first.press("Enter")


def read_certificate(phone: Page, name: str) -> None:
    certificate = phone.locator(".certificate")
    expect(certificate).to_contain_text(name)
    expect(phone.locator("main")).to_contain_text("/verify/")
