"""From an untidy spreadsheet to printed slips, counted in what a hand does."""

import io
import time
from datetime import date

import pypdfium2
import pytest
from openpyxl import Workbook
from playwright.sync_api import Locator, Page, expect

from accounts.enums import Role
from partners.register.models import Spell, StagedRow
from tests.e2e.walk import cast
from tests.factories.accounts import UserFactory
from tests.factories.register import ManagerLinkFactory, PremisesFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

# People, a spreadsheet, the file, read, check, one role for three rows, save, one row
# left out, add, print.
STEPS = 10
# Somebody new to a page looks at it for so long before the hand moves.
SECONDS_A_STEP = 12
PEOPLE = 30
GIVEN = ("Łukasz", "María José", "Nguyễn", "Siân", "Ivo", "Zoë")
FAMILY = ("Nowak", "Ó Dálaigh", "Okafor", "Begum", "van der Berg")
JOBS = ("Room attendant", "Front desk", "Bar staff", "Night porter")


def rota() -> bytes:
    """Return a list as a head housekeeper keeps it.

    Titles, merged; another sheet first; names both ways round; days in five ways; one
    job spelt as nobody else does; birthdays, pay and insurance; a sum at the end.
    """
    book = Workbook()
    notes = book.active
    assert notes is not None
    notes.append(["Ask Karen before changing anything"])
    sheet = book.create_sheet("Staff 2026 NEW (2)")
    sheet.append(["HARBOUR VIEW - STAFF LIST (confidential!!)"])
    sheet.append(["Updated 14/11 by K."])
    sheet.merge_cells("A1:G1")
    sheet.append([])
    sheet.append(
        [
            *("Employee name ", "JOB TITLE", "Started", "Shift pattern"),
            *("D.O.B.", "Hourly rate", "NI No"),
        ]
    )
    names = [(given, family) for family in FAMILY for given in GIVEN]
    for number, (given, family) in enumerate(names):
        day = date(2026, 10, number % 28 + 1)
        sheet.append(
            [
                f"{family}, {given}" if number % 3 else f" {given}  {family} ",
                "Bed maker upper" if number in {4, 11, 19} else JOBS[number % 4],
                (
                    day,
                    f"{day:%d/%m/%Y}",
                    f"{day:%d.%m.%y}",
                    f"{day:%-d %B %Y}",
                    (day - date(1899, 12, 30)).days,
                )[number % 5],
                ("Nights", "days", "", "LATE")[number % 4],
                "04/05/1988",
                "£12.21",
                "AB 12 34 56 C",
            ]
        )
        if number % 10 == 9:
            sheet.append([])
    sheet.append(["TOTAL", f"{len(names)} staff"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Hand:
    """Does what a hand does, and counts it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.steps = 0

    def press(self, thing: Locator) -> None:
        self.steps += 1
        thing.click()

    def button(self, name: str, within: Locator | None = None) -> None:
        place = within or self.page.locator("main")
        self.press(place.get_by_role("button", name=name).first)

    def link(self, name: str) -> None:
        self.press(self.page.get_by_role("link", name=name, exact=True).first)


@pytest.fixture
def manager(area):
    user = UserFactory.create(roles=[Role.MANAGER])
    premises = PremisesFactory.create(area=area, name="Harbour View")
    ManagerLinkFactory.create(user=user, premises=premises)
    return user


def test_untidy_spreadsheet_becomes_slips_in_ten_steps(page_at, manager, run_jobs):
    desk = page_at(1280)
    cast.sign_in(desk, manager)
    began, hand = time.monotonic(), Hand(desk)

    hand.link("People")
    hand.link("Use a spreadsheet")
    hand.steps += 1
    desk.get_by_label("Your staff list").set_input_files(
        {"name": "rota.xlsx", "mimeType": "application/x", "buffer": rota()}
    )
    hand.button("Read the list")
    for secret in ("D.O.B.", "Hourly rate", "NI No"):
        expect(desk.locator("main")).to_contain_text(secret)
    hand.button("Check the rows")
    put_rows_right(desk, hand)
    hand.button(f"Add the {PEOPLE} good rows")
    assert run_jobs() == 1
    expect(desk.get_by_role("heading", level=1)).to_contain_text(
        f"{PEOPLE} people added"
    )
    with desk.expect_download() as printed:
        hand.button("Print their slips")

    seconds = time.monotonic() - began
    assert slips_in(printed.value.path().read_bytes()) == PEOPLE
    assert Spell.objects.count() == PEOPLE
    assert not StagedRow.objects.filter(cells__icontains="1988").exists()
    assert hand.steps == STEPS
    assert seconds + STEPS * SECONDS_A_STEP < 180


def put_rows_right(desk: Page, hand: Hand) -> None:
    """Choose a role once for three rows that say the same, and leave out the sum."""
    rows = desk.locator(".fix-row")
    expect(rows).to_have_count(4)
    first = rows.first
    expect(first).to_contain_text("Bed maker upper")
    hand.steps += 1
    first.get_by_label("Role").select_option(label="Housekeeping")
    hand.button("Save", first)
    expect(rows).to_have_count(1)
    hand.button("Leave this row out", rows.first)
    expect(rows).to_have_count(0)


def slips_in(pdf: bytes) -> int:
    pages = pypdfium2.PdfDocument(pdf)
    return sum(page.get_textpage().get_text_range().count("PIN") for page in pages)
