import pytest

from accounts.enums import Role
from campaigns.guidance.services import grant_permissions
from campaigns.signs.models import Sign
from tests.factories.accounts import UserFactory
from tests.factories.signs import SignWordingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    grant_permissions()
    return UserFactory.create(roles=[Role.EDITOR])


def sign_form() -> dict[str, str]:
    return {
        "key": "keeps-door-shut",
        "position": "10",
        "harm": "any",
        "status": "draft",
        "source": "",
        "wordings-TOTAL_FORMS": "1",
        "wordings-INITIAL_FORMS": "0",
        "wordings-0-audience": "housekeeping",
        "wordings-0-language": "en",
        "wordings-0-text": "The guest keeps the door nearly shut.",
        "wordings-0-confirmed_by": "",
    }


def test_editor_adds_a_sign_with_its_words(client_of, editor):
    response = client_of(editor).post("/cms/signs/new/", sign_form())

    assert response.status_code == 302
    sign = Sign.objects.get()
    assert [str(wording) for wording in sign.wordings.all()] == [
        "The guest keeps the door nearly shut."
    ]


def test_manager_adds_no_sign(client_of):
    grant_permissions()

    client_of(UserFactory.create(roles=[Role.MANAGER])).post(
        "/cms/signs/new/", sign_form()
    )

    assert Sign.objects.count() == 0


@pytest.mark.parametrize("sign_count", (1, 3))
def test_sign_list_asks_the_same_however_many(
    client_of, editor, django_assert_num_queries, sign_count
):
    for number in range(sign_count):
        SignWordingFactory.create(text=f"An adult does {number}.")
    browser = client_of(editor)
    browser.get("/cms/signs/")

    with django_assert_num_queries(14):
        page = browser.get("/cms/signs/").content.decode()

    assert sum(f"An adult does {number}." in page for number in range(3)) == sign_count
