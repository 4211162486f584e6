import pytest
from django.urls import reverse

from outbox.enums import MessageState
from tests.factories.core import AreaFactory
from tests.factories.outbox import MessageFactory


@pytest.mark.parametrize("item_count", (1, 3))
def test_message_list_query_count(
    item_count, officer, area, client_of, django_assert_num_queries
):
    MessageFactory.create_batch(item_count, area=area)
    client = client_of(officer)
    client.get(reverse("outbox:message-list"))

    with django_assert_num_queries(14):
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
