"""5. The manager prints a poster; someone scans it; the opening is counted."""

import re

from playwright.sync_api import Page, expect

from media.codes.models import Code, ScanCount
from media.print.typesetting import codes_on_page
from partners.register.models import Premises


def hang_a_poster(desk: Page, premises: Premises) -> Code:
    desk.goto(f"/partners/{premises.key}/posters/")
    desk.get_by_label("Where will it hang?").fill("Staff room, beside the rota")
    with desk.expect_download() as downloading:
        desk.get_by_role("button", name="Make the poster (PDF)").click()
    pdf = downloading.value.path().read_bytes()
    code = Code.objects.get(premises=premises)
    (address,) = codes_on_page(pdf)
    assert re.sub(r"^[A-Z]+://[^/]+", "", address) == f"/R/{code.text}"
    return code


def scan_it(phone: Page, premises: Premises, code: Code) -> None:
    phone.goto(f"/r/{code.text.lower()}")
    expect(phone.locator("main")).to_contain_text(premises.name)
    expect(phone.locator("main")).to_contain_text(premises.street)
    for number in ("999", "101", "0800555111"):
        expect(phone.locator(f"a[href='tel:{number}']").first).to_be_visible()
    assert phone.context.cookies() == []
    counted = ScanCount.objects.get(code=code)
    assert (counted.kind, counted.n) == ("R", 1)
