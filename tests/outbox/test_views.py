from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.enums import Role
from outbox.enums import MessageState
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.outbox import MessageFactory
from tests.factories.register import ManagerLinkFactory

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("item_count", (1, 3))
def test_message_list_query_count(
    item_count, officer, area, client_of, django_assert_num_queries
):
    MessageFactory.create_batch(item_count, area=area)
    client = client_of(officer)
    client.get(reverse("outbox:message-list"))

    with django_assert_num_queries(15):
        response = client.get(reverse("outbox:message-list"))

    assert len(response.context["page_obj"].object_list) == item_count


def test_message_list_filters_by_state(officer, area, client_of):
    failed = MessageFactory.create(area=area, state=MessageState.FAILED)
    MessageFactory.create(area=area)

    response = client_of(officer).get(
        reverse("outbox:message-list"), {"state": "failed"}
    )

    assert list(response.context["page_obj"].object_list) == [failed]


def test_message_of_another_area_is_not_there(officer, client_of):
    other = MessageFactory.create(area=AreaFactory.create())

    client = client_of(officer)

    shown = client.get(reverse("outbox:message-list"))
    detail = client.get(reverse("outbox:message-detail", args=[other.pk]))
    assert list(shown.context["page_obj"].object_list) == []
    assert detail.status_code == 404


def test_message_with_private_link_keeps_its_words_to_itself(officer, area, client_of):
    secret = MessageFactory.create(area=area, is_secret=True, body="https://key")
    plain = MessageFactory.create(area=area)
    client = client_of(officer)

    hidden = client.get(reverse("outbox:message-detail", args=[secret.pk]))
    shown = client.get(reverse("outbox:message-detail", args=[plain.pk]))

    assert "https://key" not in hidden.text
    assert "The words." in shown.text


def shown(client, **wanted):
    page = client.get(reverse("outbox:message-list"), wanted)
    return [message.dedupe_key for message in page.context["page_obj"]]


def test_message_list_filters_by_outcome_kind_and_words(officer, area, client_of):
    for state in MessageState:
        MessageFactory.create(
            area=area,
            dedupe_key=state,
            state=state,
            sent_at=NOON,
            template="weekly_digest" if state == MessageState.SENT else "mailing",
            subject=f"About {state}",
        )
    client = client_of(officer)

    assert shown(client, state="undelivered") == ["failed", "bounced"]
    assert shown(client, kind="weekly_digest") == ["sent"]
    assert shown(client, kind="weekly_digest", state="failed") == []
    assert shown(client, q="about DELIV") == ["delivered"]
    assert shown(client, kind="no such kind", state="no state") == [
        *reversed(MessageState.values)
    ]


def test_message_list_says_what_the_carrier_said(officer, area, client_of):
    MessageFactory.create(area=area, state=MessageState.BOUNCED, failure="550 No user")

    page = client_of(officer).get(reverse("outbox:message-list"))

    assert "Address does not work" in page.text
    assert "550 No user" in page.text


@pytest.mark.parametrize("item_count", (1, 3))
def test_message_sheet_has_the_filtered_rows_and_no_words(
    item_count, officer, area, client_of, django_assert_num_queries
):
    MessageFactory.create_batch(
        item_count, area=area, subject="=1+1", body="Secret words", template="mailing"
    )
    MessageFactory.create(area=area, template="slip_locked")
    MessageFactory.create(area=AreaFactory.create())
    client = client_of(officer)
    client.get("/cms/")

    with django_assert_num_queries(10):
        answer = client.get("/cms/outbox/messages.csv", {"kind": "mailing"})
        text = answer.getvalue().decode("utf-8-sig")

    heading, *rows = text.strip().splitlines()
    assert heading.startswith("Written,Sent,Outcome known,Channel,Kind,Subject,To,")
    assert len(rows) == item_count
    assert all("Mailing to partners,'=1+1,someone@hotel.example" in row for row in rows)
    assert "Secret" not in text


@pytest.mark.parametrize(
    "address", ("/cms/outbox/", "/cms/outbox/messages.csv", "/cms/outbox/1/")
)
def test_ledger_is_for_officers(area, client, client_of, address):
    editor = UserFactory.create(roles=[Role.EDITOR], areas=[area])
    manager = ManagerLinkFactory.create().user

    assert client.get(address).status_code == 302
    assert client_of(editor).get(address).status_code in {302, 403}
    assert client_of(manager).get(address).status_code in {302, 403}
