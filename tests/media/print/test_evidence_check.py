from datetime import timedelta

import pytest
from django.utils import timezone

from media.print.evidence import gather
from media.print.models import EvidencePack
from partners.register.enums import PremisesState
from partners.register.services import mark_left
from tests.factories.register import (
    OrganisationFactory,
)
from tests.partners.training.test_journey import text_of

pytestmark = pytest.mark.django_db


def check(client, code):
    page = client.get(f"/verify/pack/{code}/")
    assert page.status_code == 200
    return page, text_of(page)


def test_check_tells_the_figures_then_and_now(client, pack):
    page, shown = check(client, pack.code.lower())

    assert "This evidence was issued here" in shown
    assert "Its day counted again today: the same" in shown
    assert shown.count("66 % 4 of 6 who need training in date, of 6 in post") == 2
    assert "Lantern House, Ashbeck" in shown
    assert "Worker" not in shown
    assert page.cookies == {}
    assert "private" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_check_says_when_the_day_counts_differently_today(
    client, pack, spells, link, right_now
):
    mark_left(
        spell=spells[5],
        last_day=timezone.localdate(right_now) - timedelta(days=3),
        actor=link.user,
        now=right_now,
    )

    _page, shown = check(client, pack.code)

    assert "Its day counted again today: different" in shown
    assert "As issued 66 % 4 of 6" in shown
    assert "The same day, counted again 60 % 3 of 5" in shown


def test_check_outlives_closing_and_a_change_of_owner(client, pack, premises):
    premises.state = PremisesState.CLOSED
    premises.closed_on = pack.day
    premises.save()
    _page, closed = check(client, pack.code)
    premises.state, premises.closed_on = PremisesState.ACTIVE, None
    premises.organisation = OrganisationFactory.create()
    premises.save()
    _page, sold = check(client, pack.code)

    for shown, reason in (
        (closed, "no longer part of the scheme"),
        (sold, "have changed hands since"),
    ):
        assert "As issued 66 % 4 of 6" in shown
        assert (
            f"Today These premises {'are ' if 'part' in reason else ''}{reason}"
            in shown
        )
    assert pack.organisation.name in sold


def test_check_shows_today_for_a_year(client, premises, spells, link, right_now):
    figures = gather(premises, today=timezone.localdate(right_now))
    today = timezone.localdate(right_now)
    shown = []
    for days in (364, 367):
        pack = EvidencePack.objects.create(
            premises=premises,
            organisation=premises.organisation,
            day=today - timedelta(days=days),
            figures=figures,
            issued_at=right_now - timedelta(days=days),
            issued_by=link.user,
        )
        shown.append(
            "Figures of today were shown for a year" in check(client, pack.code)[1]
        )

    assert shown == [False, True]


@pytest.mark.parametrize(
    ("code", "words"),
    (
        ("000000000000", "We do not know this pack"),
        ("000000000001", "has a slip in it"),
        ("X", "has a slip in it"),
    ),
)
def test_check_of_anything_else_helps(client, code, words):
    page, shown = check(client, code)

    assert words in shown
    assert 'href="/report/"' in page.text
    assert page.cookies == {}


def test_check_without_a_number_says_where_it_belongs(client):
    assert "belongs at the end of this address" in text_of(client.get("/verify/pack/"))


def test_certificate_and_pack_do_not_answer_for_one_another(client, pack):
    assert "We do not know this certificate" in text_of(
        client.get(f"/verify/{pack.code}/")
    )


def test_check_asks_little(client, pack, django_assert_num_queries):
    with django_assert_num_queries(7):
        check(client, pack.code)
