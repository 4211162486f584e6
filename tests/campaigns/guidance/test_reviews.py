from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale

from accounts.enums import Role
from campaigns.guidance import services, tasks
from campaigns.guidance.enums import Priority, ReviewState
from campaigns.guidance.models import (
    AudiencePage,
    GuidancePage,
    HomePage,
    PageReview,
    SupportPage,
    review_state,
    reviewed_pages,
)
from campaigns.guidance.rules.reviews import approve_by, months_later
from core.models import AuditEvent, PublicGeneration
from outbox.models import Message
from tests.factories.accounts import UserFactory

DAY = date(2026, 11, 18)
REPORT = "/cms/guidance/reviews/"


@pytest.fixture
def lead(db):
    return UserFactory.create(roles=[Role.SAFEGUARDING_LEAD], name="Lee")


@pytest.fixture
def hotels(home: HomePage) -> AudiencePage:
    services.grant_permissions()
    page: AudiencePage = AudiencePage.objects.get(slug="hotels")
    return page


def confirm(page, lead, now, note=""):
    return services.confirm_page(page=page, by=lead, note=note, now=now)


def reviewed(page, lead, on: date, until: date) -> PageReview:
    return PageReview.objects.create(
        page_id=page.pk, reviewed_by=lead, reviewed_on=on, next_review_on=until
    )


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    (
        (date(2026, 11, 18), 6, date(2027, 5, 18)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ),
)
def test_months_later_keeps_the_day_or_the_last_of_the_month(day, months, expected):
    assert months_later(day, months) == expected


def test_approve_by_follows_the_priority():
    assert [approve_by(DAY, priority).day for priority in Priority] == [19, 25, 9]


@pytest.mark.parametrize(
    ("due", "state"),
    (
        (None, ReviewState.NEVER),
        (DAY - timedelta(days=1), ReviewState.OVERDUE),
        (DAY, ReviewState.SOON),
        (DAY + timedelta(days=29), ReviewState.SOON),
        (DAY + timedelta(days=30), ReviewState.CURRENT),
    ),
)
def test_review_state_is_the_same_in_the_rule_and_in_the_list(hotels, lead, due, state):
    if due:
        reviewed(hotels, lead, DAY - timedelta(days=200), due)

    listed = reviewed_pages().in_review_state(state, DAY)

    assert review_state(due, DAY) == state
    assert hotels.pk in listed.values_list("pk", flat=True)


def test_confirm_page_writes_the_dates_and_the_audit_trail(hotels, lead, now):
    before = PublicGeneration.objects.get().number

    review = confirm(hotels, lead, now, "Rang the numbers too.")

    event = AuditEvent.objects.get(verb="page.reviewed")
    assert (review.reviewed_on, review.next_review_on) == (DAY, date(2027, 5, 18))
    assert (review.reviewed_by, review.note) == (lead, "Rang the numbers too.")
    assert (event.actor, event.facts) == (lead, {"next": "2027-05-18"})
    assert PublicGeneration.objects.get().number > before


def test_pages_of_advice_are_due_sooner(hotels, lead, now):
    due = {
        page.slug: confirm(page, lead, now).next_review_on
        for page in (
            hotels,
            SupportPage.objects.get(slug="a7"),
            GuidancePage.objects.get(slug="privacy"),
        )
    }

    assert due == {
        "hotels": date(2027, 5, 18),
        "a7": date(2027, 5, 18),
        "privacy": date(2027, 11, 18),
    }


@pytest.mark.parametrize("role", (Role.EDITOR, Role.OFFICER, Role.AREA_LEAD))
def test_confirm_page_refuses_others(hotels, now, role):
    with pytest.raises(services.ReviewError, match="Only a safeguarding lead"):
        confirm(hotels, UserFactory.create(roles=[role]), now)


def test_confirm_page_refuses_a_second_time_on_one_day(hotels, lead, now):
    confirm(hotels, lead, now)

    with pytest.raises(services.ReviewError, match="today already"):
        confirm(hotels, lead, now)
    assert PageReview.objects.count() == 1


def test_confirm_page_refuses_what_the_public_does_not_read(hotels, lead, now):
    hotels.unpublish()

    with pytest.raises(services.ReviewError, match="does not read"):
        confirm(hotels, lead, now)


def test_confirm_page_refuses_while_a_change_waits(hotels, lead, now):
    hotels.lead = "Other words."
    hotels.save_revision()

    with pytest.raises(services.ReviewError, match="A change of this page waits"):
        confirm(hotels, lead, now)


def test_a_review_is_never_rewritten_and_outlives_its_page(hotels, lead, now):
    review = confirm(hotels, lead, now)

    with pytest.raises(IntegrityError), transaction.atomic():
        PageReview.objects.update(note="Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        PageReview.objects.filter(pk=review.pk).delete()
    hotels.delete()
    assert PageReview.objects.get().page_id == review.page_id


def test_public_page_tells_when_it_was_reviewed(
    hotels, lead, now: datetime, client: Client
):
    before = client.get("/hotels/").text
    confirm(hotels, lead, now)

    page = " ".join(client.get("/hotels/").text.split())

    assert "Last reviewed" not in before
    assert "Last reviewed 18 November 2026 · next review by 18 May 2027" in page


@pytest.mark.parametrize(("language", "direction"), (("", "ltr"), ("/ur", "rtl")))
def test_review_line_closes_the_page_in_the_direction_of_the_reader(
    hotels, lead, now, client, home, settings, language, direction
):
    settings.DEMONSTRATION = True
    confirm(home, lead, now)
    confirm(hotels, lead, now)

    for address in ("/", "/hotels/"):
        page = client.get(language + address).text
        (tag,) = [line for line in page.splitlines() if 'class="reviewed"' in line]
        assert f'dir="{direction}"' in tag


def test_editor_of_a_page_is_told_of_its_reviews(hotels, lead, now, client_of):
    address = f"/cms/pages/{hotels.pk}/edit/"
    client = client_of(lead)

    before = client.get(address).text
    confirm(hotels, lead, now)
    after = " ".join(client.get(address).text.split())

    assert "Nobody has reviewed this page yet." in before
    assert "Nobody has reviewed this page yet." not in after
    assert "Last reviewed 18 November 2026 · next review by 18 May 2027" in after


def test_translated_page_tells_the_dates_of_its_english_source(
    hotels, lead, now, client, home, settings
):
    settings.DEMONSTRATION = True
    polish = Locale.objects.get_or_create(language_code="pl")[0]
    for page in (home, hotels):
        page.copy_for_translation(polish, copy_parents=True).save_revision().publish()
    confirm(hotels, lead, now)

    page = client.get("/pl/hotels/").text

    assert 'class="reviewed" lang="pl"' in page
    assert "18 listopada 2026" in page


def test_report_lists_pages_and_filters_by_state(hotels, lead, client_of):
    today = timezone.localdate()
    reviewed(hotels, lead, today - timedelta(days=200), today - timedelta(days=1))
    client = client_of(lead)

    everything = client.get(REPORT).text
    overdue = client.get(REPORT, {"state": "overdue"}).text

    assert everything.count("I have reviewed it") == reviewed_pages().count()
    assert overdue.count("I have reviewed it") == 1
    assert f"{REPORT}{hotels.pk}/" in overdue


def test_editor_reads_the_report_without_the_button(hotels, client_of):
    page = client_of(UserFactory.create(roles=[Role.EDITOR])).get(REPORT).text

    assert "Never reviewed" in page
    assert "I have reviewed it" not in page


@pytest.mark.parametrize("role", (Role.MANAGER, Role.TESTER, Role.BOARD))
def test_report_is_closed_to_people_without_pages(hotels, client_of, role):
    client = client_of(UserFactory.create(roles=[role]))

    for address in (REPORT, "/cms/guidance/approvals/", "/cms/guidance/reading-ages/"):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("item_count", (1, 3))
@pytest.mark.parametrize(
    ("address", "queries"), ((REPORT, 15), ("/cms/guidance/reading-ages/", 15))
)
def test_report_query_count(
    item_count, hotels, lead, client_of, django_assert_num_queries, address, queries
):
    reviewed_pages().update(live=False)
    for number in range(item_count):
        page = GuidancePage(
            title=f"Wood {number}", slug=f"w{number}", heading="W", locale=hotels.locale
        )
        hotels.get_parent().add_child(instance=page)
    client = client_of(lead)
    client.get(address)

    with django_assert_num_queries(queries):
        response = client.get(address)

    assert len(response.context["object_list"]) == item_count


def test_exported_cells_are_shown_and_never_run(hotels, lead, client_of):
    AudiencePage.objects.filter(pk=hotels.pk).update(title="=1+1")

    response = client_of(lead).get(REPORT, {"export": "csv"})

    lines = b"".join(response.streaming_content).decode().splitlines()
    assert lines[0] == "Page,Last reviewed,By,Next review by"
    assert "'=1+1,,," in lines


def test_reading_ages_tell_each_page_and_its_aim(hotels, lead, client_of):
    AudiencePage.objects.filter(pk=hotels.pk).update(
        lead="Multiagency safeguarding necessitates proportionate interventions " * 60
    )

    page = " ".join(client_of(lead).get("/cms/guidance/reading-ages/").text.split())

    assert page.count("Too hard") == 1


def test_lead_confirms_a_page_on_its_screen(hotels, lead, client_of):
    client = client_of(lead)
    address = f"{REPORT}{hotels.pk}/"

    shown = client.get(address).text
    response = client.post(address, {"note": "Fine."})
    again = client.post(address, {"note": ""})

    assert "I have reviewed this page, nothing has to change" in shown
    assert response.url == REPORT
    assert PageReview.objects.get().note == "Fine."
    assert again.status_code == 422
    assert "This page was reviewed today already." in again.text


def test_confirming_is_closed_to_editors(hotels, client_of):
    client = client_of(UserFactory.create(roles=[Role.EDITOR]))

    client.post(f"{REPORT}{hotels.pk}/", {"note": ""})

    assert PageReview.objects.count() == 0


def test_leads_are_told_of_all_overdue_pages_in_one_message_a_day(hotels, lead, now):
    privacy = GuidancePage.objects.get(slug="privacy")
    for page, days in ((hotels, 1), (privacy, 2)):
        reviewed(page, lead, DAY - timedelta(days=200), DAY - timedelta(days=days))
    UserFactory.create(roles=[Role.EDITOR])
    UserFactory.create(roles=[Role.SAFEGUARDING_LEAD], is_active=False)

    first = services.tell_of_overdue_pages(now=now)
    second = services.tell_of_overdue_pages(now=now)

    message = Message.objects.get()
    assert (first, second) == (1, 0)
    assert (message.recipient, message.template) == (lead, "pages_overdue")
    assert message.subject == "2 pages are due for review"
    assert message.body.count("/cms/guidance/reviews/") == 2
    assert "“Hotel managers and owners”, due by 17 November 2026" in message.body
    assert f"{REPORT}{privacy.pk}/" in message.body


def test_leads_are_told_each_day_until_the_page_is_reviewed(hotels, lead, now):
    reviewed(hotels, lead, DAY - timedelta(days=200), DAY - timedelta(days=1))
    days = [now + timedelta(days=number) for number in range(3)]

    told = [services.tell_of_overdue_pages(now=day) for day in days[:2]]
    confirm(hotels, lead, days[1])

    assert told == [1, 1]
    assert services.tell_of_overdue_pages(now=days[2]) == 0
    assert {message.subject for message in Message.objects.all()} == {
        "1 page is due for review"
    }


def test_run_cut_short_is_taken_up_with_those_not_told_yet(hotels, lead, now):
    reviewed(hotels, lead, DAY - timedelta(days=200), DAY - timedelta(days=1))
    # What a worker leaves that is killed after the first of two leads.
    services.tell_of_overdue_pages(now=now)
    other = UserFactory.create(roles=[Role.SAFEGUARDING_LEAD])

    told = services.tell_of_overdue_pages(now=now + timedelta(minutes=5))

    assert told == 1
    assert [message.recipient for message in Message.objects.order_by("pk")] == [
        lead,
        other,
    ]


def test_each_lead_is_told(hotels, lead, now):
    reviewed(hotels, lead, DAY - timedelta(days=200), DAY - timedelta(days=1))
    UserFactory.create(roles=[Role.SAFEGUARDING_LEAD])

    assert services.tell_of_overdue_pages(now=now) == 2


def test_a_page_due_today_or_never_reviewed_is_not_overdue(hotels, lead, now):
    reviewed(hotels, lead, DAY - timedelta(days=200), DAY)

    assert services.tell_of_overdue_pages(now=now) == 0


def test_the_clock_starts_the_jobs(hotels, lead):
    tasks.tell_of_overdue_pages.call()
    tasks.publish_due_pages.call()

    assert Message.objects.count() == 0


def test_desk_of_a_lead_counts_pages(hotels, lead, client_of):
    today = timezone.localdate()
    reviewed(hotels, lead, today - timedelta(days=200), today - timedelta(days=1))

    page = " ".join(client_of(lead).get("/cms/").text.split())

    assert "Pages: Due for review" in page
    assert f"{REPORT}?state=overdue" in page
