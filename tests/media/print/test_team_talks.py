import pytest

from tests.factories.accounts import UserFactory
from tests.factories.learning import ModuleFactory, ModuleVersionFactory
from tests.factories.register import ManagerLinkFactory, PremisesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def premises(area):
    return PremisesFactory.create(area=area, name="The Lantern")


@pytest.fixture
def manager(premises):
    user = UserFactory.create()
    ManagerLinkFactory.create(user=user, premises=premises)
    return user


@pytest.fixture
def version():
    return ModuleVersionFactory.create(module__slug="reception")


def address(premises, slug="reception"):
    return f"/partners/{premises.key}/team-talks/{slug}/"


def test_manager_prints_what_the_module_says(client_of, manager, premises, version):
    page = client_of(manager).get(address(premises))

    shown = page.content.decode()
    assert "Look, ask, call." in shown
    assert "The Lantern" in shown
    assert [question["id"] for question, _right in page.context["questions"]] == [
        "q1",
        "q2",
    ]


def test_sheets_are_offered_for_what_is_taught(client_of, manager, premises, version):
    ModuleFactory.create(slug="draft")

    shown = client_of(manager).get(f"/partners/{premises.key}/").content.decode()

    assert address(premises) in shown
    assert address(premises, "draft") not in shown
    assert client_of(manager).get(address(premises, "draft")).status_code == 404


def test_manager_of_another_place_and_strangers_do_not(client, client_of, premises):
    ModuleVersionFactory.create(module__slug="reception")
    other = UserFactory.create()
    ManagerLinkFactory.create(user=other)

    assert client_of(other).get(address(premises)).status_code == 404
    assert client.get(address(premises)).status_code == 302
