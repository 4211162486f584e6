import json
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    Comment,
    GroupPagePermission,
    Locale,
    Page,
    PageSubscription,
    Workflow,
    WorkflowPage,
    WorkflowState,
)

from accounts.enums import Role
from campaigns.guidance import services
from campaigns.guidance.enums import Priority
from campaigns.guidance.loading import load_phrases
from campaigns.guidance.models import (
    GuidancePage,
    HomePage,
    PageReview,
    SafeguardingTask,
    SafeguardingTaskState,
)
from core.models import AuditEvent
from outbox.models import Message
from tests.campaigns.guidance.editing import page_form, words
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

NEW = "Look twice after dark."


@pytest.fixture
def editor():
    return UserFactory.create(roles=[Role.EDITOR], name="Sam")


@pytest.fixture
def lead():
    return UserFactory.create(roles=[Role.SAFEGUARDING_LEAD], name="Lee")


@pytest.fixture
def parks(home: HomePage, lead) -> GuidancePage:
    load_phrases()
    services.grant_permissions()
    page = GuidancePage(title="Parks", slug="parks", heading="P", locale=home.locale)
    home.add_child(instance=page)
    return page


@pytest.fixture
def hand_in(parks, editor, client_of):
    """Return a function by which the editor hands the page in."""

    def send(text: str = NEW) -> SafeguardingTaskState:
        client_of(editor).post(
            f"/cms/pages/{parks.pk}/edit/", page_form(words(text), action="submit")
        )
        return SafeguardingTaskState.objects.waiting().get()

    return send


@pytest.fixture
def decide(parks, lead, client_of):
    """Return a function by which the lead approves or sends back, with a comment."""

    def send(action: str, comment: str = "", **changes: str):
        fields = page_form(words(NEW), **changes) | {
            "action-workflow-action": "true",
            "workflow-action-name": action,
            "workflow-action-extra-data": json.dumps({"comment": comment}),
        }
        return client_of(lead).post(f"/cms/pages/{parks.pk}/edit/", fields)

    return send


def approve_url(waiting: SafeguardingTaskState) -> str:
    page_id = waiting.workflow_state.object_id
    return reverse(
        "wagtailadmin_pages:workflow_action", args=[page_id, "approve", waiting.pk]
    )


def public_words(page: GuidancePage) -> list[str]:
    page.refresh_from_db()
    return [block.value["body"] for block in page.body]


def test_editor_cannot_publish_and_what_they_send_stays_a_draft(
    parks, editor, client_of
):
    client_of(editor).post(
        f"/cms/pages/{parks.pk}/edit/", page_form(words(NEW), action="publish")
    )

    assert public_words(parks) == []
    assert parks.has_unpublished_changes is True


def test_a_page_handed_in_waits_with_a_day_and_tells_the_leads_once(hand_in, lead):
    waiting = hand_in()

    message = Message.objects.get()
    assert waiting.due_on == timezone.localdate() + timedelta(days=7)
    assert (waiting.priority, waiting.taken_by) == (Priority.NORMAL, None)
    assert (message.recipient, message.template) == (lead, "page_waiting")
    assert message.subject == "“Parks” waits for your approval"
    assert AuditEvent.objects.filter(verb="approval.opened").count() == 1
    assert mail.outbox == []


def test_approving_publishes_reviews_and_tells_the_author(
    hand_in, decide, parks, lead, editor
):
    hand_in()

    response = decide("approve", "Clear and kind.")

    review = PageReview.objects.get()
    message = Message.objects.get(recipient=editor)
    assert response.status_code == 302
    assert public_words(parks) == [NEW]
    assert (review.page_id, review.reviewed_by, review.note) == (
        parks.pk,
        lead,
        "Clear and kind.",
    )
    assert review.reviewed_on == timezone.localdate()
    assert message.template == "page_approved"
    assert "Clear and kind." in message.body
    assert mail.outbox == []


def test_sending_back_publishes_nothing_and_tells_the_author(
    hand_in, decide, parks, editor
):
    hand_in()

    decide("reject", "Who is meant?")

    assert public_words(parks) == []
    assert PageReview.objects.count() == 0
    assert Message.objects.get(recipient=editor).template == "page_returned"
    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES


def test_a_page_handed_in_again_tells_the_leads_again(hand_in, decide, lead):
    hand_in()
    decide("reject")

    hand_in("Better words.")

    assert Message.objects.filter(recipient=lead).count() == 2


def test_an_approval_by_somebody_without_the_role_is_no_review(hand_in, parks):
    waiting = hand_in()

    waiting.approve(user=UserFactory.create(roles=[Role.AREA_LEAD]))

    assert PageReview.objects.count() == 0


def test_approving_on_the_dashboard_is_refused_while_words_need_care(
    hand_in, parks, lead, client_of
):
    waiting = hand_in()
    page = parks.get_latest_revision_as_object()
    page.lead = "Some children are recruited."
    page.save_revision(user=lead)

    response = client_of(lead).post(approve_url(waiting), follow=True)

    waiting.refresh_from_db()
    assert response.redirect_chain[-1] == (f"/cms/pages/{parks.pk}/edit/", 302)
    (told,) = response.context["messages"]
    assert str(told) == (
        "“Parks” was not approved. “recruited”: People are recruited to a job they may "
        "turn down. A groomed child may not. Write instead: groomed; coerced; "
        "criminally exploited"
    )
    assert waiting.status == SafeguardingTaskState.STATUS_IN_PROGRESS
    assert public_words(parks) == []


def test_the_reason_is_told_to_nobody_outside_the_admin(hand_in, client_of):
    waiting = hand_in()
    tester = UserFactory.create(roles=[Role.TESTER])

    refused = client_of(tester).get(f"/cms/guidance/approvals/{waiting.pk}/refused/")

    assert refused.status_code == 403


def test_approving_on_the_dashboard_publishes_words_in_order(
    hand_in, parks, lead, client_of
):
    waiting = hand_in()

    client_of(lead).post(approve_url(waiting))

    assert public_words(parks) == [NEW]


def test_editor_cannot_approve_their_own_page(hand_in, parks, editor, client_of):
    waiting = hand_in()

    client_of(editor).post(approve_url(waiting))

    assert public_words(parks) == []
    assert PageReview.objects.count() == 0


def test_lead_takes_it_and_the_list_says_so(hand_in, lead, client_of):
    waiting = hand_in()
    client = client_of(lead)

    client.post(f"/cms/guidance/approvals/{waiting.pk}/take/")

    waiting.refresh_from_db()
    page = client.get("/cms/guidance/approvals/").text
    assert waiting.taken_by == lead
    assert "Parks" in page
    assert page.count("Lee") >= 1
    assert AuditEvent.objects.filter(verb="approval.taken", actor=lead).count() == 1


def test_editor_cannot_say_that_they_are_on_it(hand_in, editor, client_of):
    waiting = hand_in()

    client_of(editor).post(f"/cms/guidance/approvals/{waiting.pk}/take/")

    waiting.refresh_from_db()
    assert waiting.taken_by is None


def test_author_plans_the_page_they_handed_in(hand_in, editor, client_of):
    waiting = hand_in()
    tomorrow = timezone.localdate() + timedelta(days=1)

    response = client_of(editor).post(
        f"/cms/guidance/approvals/{waiting.pk}/",
        {"due_on": tomorrow.isoformat(), "priority": "urgent"},
    )

    waiting.refresh_from_db()
    assert response.url == "/cms/guidance/approvals/"
    assert (waiting.due_on, waiting.priority) == (tomorrow, Priority.URGENT)


def plan(waiting, by, now, **changes):
    services.plan_approval(
        **{
            "waiting": waiting,
            "due_on": timezone.localdate(now),
            "priority": Priority.LOW,
            "by": by,
            "now": now,
        }
        | changes
    )


def test_plan_approval_refuses_strangers_and_days_gone_by(hand_in, lead, now: datetime):
    waiting = hand_in()
    stranger = UserFactory.create(roles=[Role.EDITOR])
    yesterday = timezone.localdate(now) - timedelta(days=1)

    with pytest.raises(services.ApprovalError, match="who handed it in"):
        plan(waiting, stranger, now)
    with pytest.raises(services.ApprovalError, match="today or a later day"):
        plan(waiting, lead, now, due_on=yesterday)


def test_what_waits_no_longer_is_neither_planned_nor_taken(
    hand_in, decide, lead, now: datetime
):
    waiting = hand_in()
    decide("approve")
    waiting.refresh_from_db()

    with pytest.raises(services.ApprovalError, match="does not wait"):
        plan(waiting, lead, now)
    with pytest.raises(services.ApprovalError, match="does not wait"):
        services.take_approval(waiting=waiting, by=lead)


def test_plan_says_what_is_wrong_with_a_bad_day(hand_in, lead, client_of):
    waiting = hand_in()

    response = client_of(lead).post(
        f"/cms/guidance/approvals/{waiting.pk}/",
        {"due_on": "2001-01-01", "priority": "low"},
    )

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "Choose today or a later day."
    ]


@pytest.mark.parametrize("item_count", (1, 3))
def test_approvals_list_query_count(
    item_count, parks, home, lead, editor, client_of, django_assert_num_queries
):
    workflow = Workflow.objects.get(name="Publish")
    for number in range(item_count):
        page = GuidancePage(
            title=f"Wood {number}", slug=f"w{number}", heading="W", locale=home.locale
        )
        home.add_child(instance=page)
        page.save_revision(user=editor)
        workflow.start(page, editor)
    client = client_of(lead)
    client.get("/cms/guidance/approvals/")

    with django_assert_num_queries(14):
        page = client.get("/cms/guidance/approvals/").text

    assert sum(f"Wood {number}" in page for number in range(3)) == item_count


def test_the_most_urgent_of_one_day_comes_first(hand_in, parks):
    waiting = hand_in()
    low = waiting.copy(update_attrs={"priority": Priority.LOW})
    urgent = waiting.copy(update_attrs={"priority": Priority.URGENT})
    SafeguardingTaskState.objects.update(due_on=timezone.localdate())

    ordered = SafeguardingTaskState.objects.waiting().by_urgency()

    assert [state.pk for state in ordered] == [urgent.pk, waiting.pk, low.pk]


def test_grant_permissions_lays_out_the_workflow_once(parks, home):
    services.grant_permissions()

    assert home.get_workflow().name == "Publish"
    task = SafeguardingTask.objects.get()
    assert [group.name for group in task.groups.all()] == [Role.SAFEGUARDING_LEAD]
    assert AuditEvent.objects.filter(verb="workflow.laid_out").count() == 1


def test_home_page_of_a_new_language_is_approved_too(parks, home):
    polish = Locale.objects.get_or_create(language_code="pl")[0]

    other = home.copy_for_translation(polish)
    services.grant_permissions()

    assert other.get_workflow() == home.get_workflow()
    assert WorkflowPage.objects.filter(page=other).count() == 1


def test_comments_are_off_because_their_mail_would_pass_by_the_outbox(
    parks, lead, editor, client_of
):
    PageSubscription.objects.create(page=parks, user=lead, comment_notifications=True)
    client = client_of(editor)
    address = f"/cms/pages/{parks.pk}/edit/"
    comment = {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-0-text": "Look here.",
        "comments-0-contentpath": "heading",
        "comments-0-position": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }

    shown = client.get(address)
    response = client.post(address, page_form(words(NEW)) | comment)

    assert "comments" not in shown.context["form"].formsets
    assert response.status_code == 302
    assert Comment.objects.count() == 0
    assert mail.outbox == []


def test_grant_permissions_takes_the_right_to_publish_back(parks, editor):
    GroupPagePermission.objects.create(
        group=Group.objects.get(name=Role.EDITOR),
        page=Page.get_first_root_node(),
        permission=Permission.objects.get(
            codename="publish_page", content_type__app_label="wagtailcore"
        ),
    )

    assert services.grant_permissions() == ["editor"]
    assert not parks.permissions_for_user(editor).can_publish()
