"""8. A board member reads what is known on a chosen day."""

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.walk.cast import Cast, sign_in


def read_the_board(desk: Page, cast: Cast) -> None:
    sign_in(desk, cast.board)
    today = timezone.localdate().isoformat()
    desk.goto(f"/board/?day={today}")
    figures = desk.locator("main")
    for words in (
        "premises taking part",
        "of people in post are covered",
        "Fewer than 5 visits: too few to tell",
        "follow-up tasks not closed",
        "of these past their due day",
        "from a gap to a passed retest",
    ):
        expect(figures).to_contain_text(words)
    answer = desk.goto("/board/?day=yesterday")
    assert answer is not None
    assert answer.status == 422
    refused = desk.goto("/cms/")
    assert refused is not None
    assert refused.status == 403
