"""3. The manager fills the staff list, by hand and from an untidy spreadsheet."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pypdfium2
from django.utils import timezone
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from core import shortcodes
from partners.register.models import Premises, Spell
from tests.e2e.walk.learning import Slip

BY_HAND = (
    ("Ana Kowalczyk", "Reception", "Night"),
    ("Ştefan Popescu", "Security and door", "Day"),
    ("Zoë O'Brien", "Maintenance", "Day"),
)
GIVEN = ("Łukasz", "María José", "Nguyễn", "Siân", "Ivo")
FAMILY = ("Nowak", "Ó Dálaigh", "Okafor", "Varga", "Begum", "Hughes", "Ilić", "Reid")


def add_by_hand(desk: Page, premises: Premises) -> None:
    today = timezone.localdate()
    for name, role, shift in BY_HAND:
        desk.goto(f"/partners/{premises.key}/people/add/")
        desk.get_by_label("Name", exact=True).fill(name)
        desk.get_by_label("Role").select_option(label=role)
        desk.get_by_label(shift, exact=True).check()
        desk.get_by_label("First day").fill((today - timedelta(days=40)).isoformat())
        desk.get_by_role("button", name="Add", exact=True).click()
        desk.wait_for_url(re.compile(r"/people/$"))
    assert _in_post(premises) == 3


def add_forty_from_a_spreadsheet(
    desk: Page, premises: Premises, run_jobs: Callable[[], int]
) -> None:
    """Forty good rows, blank ones, trailing spaces, two bad rows and a birthday."""
    desk.goto(f"/partners/{premises.key}/people/import/")
    desk.get_by_label("Your staff list").set_input_files(
        {
            "name": "rota march (2).xlsx",
            "mimeType": "application/octet-stream",
            "buffer": untidy_spreadsheet(),
        }
    )
    desk.get_by_role("button", name="Read the list").click()
    expect(desk.locator("main")).to_contain_text("we must not keep these")
    expect(desk.locator("main")).to_contain_text("Date of birth")
    desk.get_by_role("button", name="Check the rows").click()
    problems = desk.locator(".fix-row")
    expect(problems).to_have_count(2)
    expect(problems.nth(0)).to_contain_text("Astronaut")
    expect(problems.nth(1)).to_contain_text("31/02/2026")
    problems.nth(0).get_by_role("button", name="Leave this row out").click()
    expect(problems).to_have_count(1)
    assert _in_post(premises) == 3
    desk.get_by_role("button", name="Add the 40 good rows").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Adding people")
    assert run_jobs() == 1
    expect(desk.get_by_role("heading", level=1)).to_have_text("40 people added")
    assert _in_post(premises) == 43


def mark_one_as_left(desk: Page, premises: Premises) -> None:
    spell = Spell.objects.get(premises=premises, staff_member__name="Zoë O'Brien")
    desk.goto(f"/partners/{premises.key}/people/{spell.pk}/left/")
    yesterday = timezone.localdate() - timedelta(days=1)
    desk.get_by_label("Last day at work").fill(yesterday.isoformat())
    desk.get_by_role("button", name="Mark as left").click()
    desk.wait_for_url(re.compile(r"/people/$"))
    assert _in_post(premises) == 42


def print_slips(desk: Page, premises: Premises, name: str) -> Slip:
    """Print everybody's slips and read one of them as its owner would."""
    desk.goto(f"/partners/{premises.key}/people/")
    token = desk.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    answer = desk.request.post(
        f"/partners/{premises.key}/slips.pdf",
        form={"csrfmiddlewaretoken": token},
        headers={"Referer": desk.url},
    )
    pages = pypdfium2.PdfDocument(answer.body())
    words = "\n".join(page.get_textpage().get_text_range() for page in pages)
    slip = words[words.index(name) :]
    # Not the port of the address, which may look like a code.
    words_of_five = re.findall(r"(?<![:/\w])[0-9A-Z]{5}\b", slip)
    codes = [word for word in words_of_five if _is_code(word)]
    pins = re.findall(r"\b\d{6}\b", slip)
    return Slip(premises.staff_code, codes[0], pins[0])


def _is_code(text: str) -> bool:
    return shortcodes.is_well_formed(text, length=5)


def _in_post(premises: Premises) -> int:
    return Spell.objects.in_post(timezone.localdate()).filter(premises=premises).count()


def untidy_spreadsheet() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Staff list, confidential"])
    sheet.append(["Employee Name ", "Job title", "Start date", "Date of birth"])
    names = [f"{given} {family}" for family in FAMILY for given in GIVEN]
    for number, name in enumerate(names):
        sheet.append(
            [f"  {name} ", "Room attendant", f"{number % 28 + 1}/03/2026", "x"]
        )
        if number % 9 == 0:
            sheet.append([])
    sheet.append(["Wrong Role", "Astronaut", "01/03/2026", "x"])
    sheet.append(["Wrong Day", "Housekeeping", "31/02/2026", "x"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def a_photo_of_the_rota(folder: Path) -> Path:
    """Return a small PNG, the note that goes with a finished task."""
    note = folder / "briefing.png"
    note.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
            "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
        )
    )
    return note
